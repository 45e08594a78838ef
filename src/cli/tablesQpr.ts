/** `marsdisk tables qpr`: computes a table of radiation-pressure efficiencies and writes it. */
import fs from 'node:fs';
import os from 'node:os';
import type { MaterialName } from '../sim/optics/materialNames.js';
import { compatibleSphere, physicalSphere, type SphereOptions } from '../sim/optics/planckMean.js';
import { tableSpectrum } from '../sim/optics/planckTable.js';
import { denseGrid, originalGrid, type QprGrid } from '../sim/optics/qprGrid.js';
import { materials } from '../sim/optics/qprTable.js';
import { geometricFrom } from '../sim/optics/sphere.js';
import { writeQprFile } from '../store/qprFile.js';
import { computeQpr } from '../worker/qprPool.js';
import { version } from '../worker/version.js';
import { CommandError, exitCode } from './exit.js';
import { ProgressView } from './progressView.js';

export interface QprOptions {
  readonly material: MaterialName;
  readonly compat: boolean;
  readonly out?: string;
  readonly force: boolean;
  readonly sizes?: readonly number[];
  readonly temperatures?: readonly number[];
  readonly kFloor?: number;
  readonly jobs?: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

export async function tableOfQpr(options: QprOptions): Promise<void> {
  const { material, compat } = options;
  const file = options.out ?? `qpr_${material}${compat ? '_compat' : ''}.csv`;
  refuseFile(file, options.force);
  if (compat && options.kFloor !== undefined) {
    throw new CommandError('--compat has a k-floor of 0: leave out --k-floor, or --compat', exitCode.usage);
  }
  const sphere = compat
    ? compatibleSphere
    : { ...physicalSphere, kFloor: options.kFloor ?? physicalSphere.kFloor };
  const usual = compat ? originalGrid : denseGrid;
  const grid = {
    sizes: options.sizes ?? usual.sizes,
    temperatures: options.temperatures ?? usual.temperatures,
  };
  const values = await computed(options, grid, sphere);
  const sha256 = writeQprFile(file, grid, values, provenance(material, grid, sphere));
  const { sizes, temperatures } = grid;
  const answer = {
    file,
    material,
    rows: values.length,
    sizes: sizes.length,
    temperatures: temperatures.length,
    sha256,
  };
  process.stdout.write(
    options.json
      ? `${JSON.stringify(answer, null, 2)}\n`
      : `${file}: ${answer.sizes} sizes x ${answer.temperatures} temperatures, SHA-256 ${sha256}\n`,
  );
}

function refuseFile(file: string, force: boolean): void {
  if (!/\.(csv|parquet)$/.test(file)) {
    throw new CommandError(`--out ${file}: the name must end in .csv or .parquet`, exitCode.usage);
  }
  if (!force && fs.existsSync(file)) {
    throw new CommandError(`${file} exists: give another --out, or --force to replace it`, exitCode.usage);
  }
}

async function computed(options: QprOptions, grid: QprGrid, sphere: SphereOptions): Promise<Float64Array> {
  const { material, quiet, jobs = os.availableParallelism() } = options;
  const view = new ProgressView(quiet);
  const model = { material, temperatures: grid.temperatures, options: sphere };
  const show = (done: number) => {
    const line = `Q_pr of ${material}: ${done} of ${grid.sizes.length} sizes`;
    view.draw(
      () => line,
      () => line,
    );
  };
  try {
    return await computeQpr(model, grid.sizes, jobs, show);
  } finally {
    view.done();
  }
}

/** Everything that decides the numbers, for whoever finds the file. */
function provenance(material: MaterialName, grid: QprGrid, sphere: SphereOptions): Record<string, string> {
  const { title, sources } = materials[material];
  const { from, to, points } = tableSpectrum;
  const [s, T] = [grid.sizes, grid.temperatures];
  return {
    content: 'Planck-mean radiation-pressure efficiency <Q_pr>(s, T_Mars) of homogeneous spheres',
    material: title,
    optical_constants: sources,
    model: `Mie series; geometric optics with an edge term above x = ${geometricFrom}; mean of the optical axes`,
    large_spheres:
      sphere.cut === Number.POSITIVE_INFINITY ? 'as computed' : `Q_pr = 1 above x = ${sphere.cut}`,
    k_floor: String(sphere.kFloor),
    spectrum: `${points} wavelengths, ${from} to ${to} um, equally spaced in ln`,
    grid: `${s.length} sizes ${s[0]} to ${s.at(-1)} m, ${T.length} temperatures ${T[0]} to ${T.at(-1)} K`,
    program: `marsdisk ${version}`,
  };
}
