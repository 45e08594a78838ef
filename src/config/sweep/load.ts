import { dirname, resolve } from 'node:path';
import { type Base, baseOf, readText } from '../base.js';
import { entriesOf } from '../source/entry.js';
import { readEnvironment, readOverrides } from '../source/typed.js';
import { readYaml } from '../source/yamlFile.js';
import { resolveCases } from './cases.js';
import { refuseHidden } from './collisions.js';
import { distinct, titled } from './distinct.js';
import { refuseWithoutEffect } from './effect.js';
import { type Expanded, expand } from './expand.js';
import { hooksOf } from './hooks.js';
import { sweepIdentity } from './identity.js';
import { safeName } from './safeName.js';
import { largestSeed } from './seeds.js';
import { isSweepFile, readSweepFile, refuse, type SweepFile, sweepOfList } from './sweepFile.js';
import type { SweepSpec } from './sweepSpec.js';

export interface LoadSweepRequest {
  /** Path of the sweep file (YAML), or of a list of the original. */
  readonly file: string;
  /** Path of the run configuration that all cases share; wins over the sweep file's `base`. */
  readonly base?: string | undefined;
  /** `KEY=VALUE` words for all cases. */
  readonly overrides?: readonly string[];
  /** Environment variables: `MARSDISK__a__b` sets `a.b` of all cases, `BATCH_SEED` the seed. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Folder above the tag's that wins over `root`. */
  readonly outdir?: string | undefined;
}

type Environment = NonNullable<LoadSweepRequest['environment']>;

/** A name without the ending that tells what kind of file it is. */
const stem = (file: string) => file.replace(/^.*[/\\]/, '').replace(/\.(ya?ml|json|txt|csv|list|lst)$/i, '');

function seedFrom(environment: Environment, written: number | undefined): number {
  const text = environment.BATCH_SEED?.trim();
  if (text === undefined || text === '') return written ?? 0;
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed <= largestSeed) return seed;
  return refuse(`environment: BATCH_SEED=${text}: must be a whole number from 0 to ${largestSeed}`);
}

function baseFile({ base }: LoadSweepRequest, { file, sweep, placeOf }: SweepFile): string {
  if (base !== undefined) return base;
  if (sweep.base !== undefined) return resolve(dirname(file), sweep.base);
  return refuse(
    'which run configuration do the cases share? Name it in the sweep file (base: run.yml) or with --config run.yml',
    placeOf([]),
  );
}

/** The values of all cases below those of the axes. A value that an axis would hide is refused. */
function sharedBase(request: LoadSweepRequest, file: SweepFile, expanded: Expanded): Base {
  const { overrides = [], environment = {} } = request;
  const path = baseFile(request, file);
  const own = entriesOf(file.sweep.overrides ?? {}, [], 'sweep', (inner) =>
    file.placeOf(['overrides', ...inner]),
  );
  const typed = [...readEnvironment(environment), ...readOverrides(overrides)];
  refuseHidden(own, typed, expanded, file);
  return baseOf(path, [() => readYaml(readText(path), path), () => own, () => typed], [dirname(file.file)]);
}

/**
 * Turns a sweep file or a list of the original into the cases of a sweep, every one resolved and validated.
 * @throws ConfigurationError with everything that is wrong, each with its place, or with the cases that it is about
 */
export async function loadSweep(request: LoadSweepRequest): Promise<SweepSpec> {
  const { environment = {} } = request;
  const file = isSweepFile(request.file) ? readSweepFile(request.file) : sweepOfList(request.file);
  const { sweep } = file;
  const expanded = expand(file);
  if (expanded.points.length === 0) {
    refuse('the sweep has no cases: give axes, cases or a list', file.placeOf([]));
  }
  const base = sharedBase(request, file, expanded);
  const seed = seedFrom(environment, sweep.seed);
  const { points, duplicates } = distinct(titled(expanded));
  const { cases, warnings } = await resolveCases(base, points, seed);
  refuseWithoutEffect(cases, expanded.axes, file);
  return {
    tag: safeName(sweep.tag ?? stem(request.file)),
    root: resolve(request.outdir ?? sweep.root ?? 'out'),
    identity: sweepIdentity(cases),
    seed,
    cases,
    duplicates,
    jobs: sweep.jobs ?? null,
    hooks: hooksOf(sweep.hooks),
    warnings: [...expanded.warnings, ...warnings],
  };
}
