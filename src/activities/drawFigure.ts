import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  HistoryRows,
  type OverviewData,
  type OverviewRun,
  type SizeHistory,
  spanWith,
  type TimeSpan,
  thinnedRows,
} from '../report/overview.js';
import { modelOf } from '../sim/models.js';
import { figureFiles } from '../store/completeness/figures.js';
import { makeFolder, writeDurably } from '../store/durable.js';
import type { Essentials } from '../store/kept.js';
import type { RunLayout } from '../store/layout.js';
import { eachGroup, readColumns, readFooter, readRows } from '../store/series.js';
import type { FinishRequest } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { failingLoudly, openRunFolder } from './runFolder.js';

/** Draws plots/overview.svg and .png from the merged series. */
export function drawFigureWith({ version }: Dependencies) {
  return async function drawFigure(request: FinishRequest): Promise<void> {
    const { layout, spec } = openRunFolder(request.outdir, request.specHash);
    await failingLoudly(() => drawOverview(layout, spec, version));
  };
}

/**
 * The same for whoever has the folder of a finished run.
 * @param version of marsdisk; it stands in the picture
 * @param wanted what is written: all of it, or what was lost
 */
export async function drawOverview(
  layout: RunLayout,
  spec: Essentials,
  version: string,
  wanted: readonly string[] = figureFiles,
): Promise<void> {
  const { model, params } = modelOf(spec);
  const binsFile = path.join(layout.series, 'psd_bins.parquet');
  const bins = await readColumns(binsFile, ['s_lower', 's_upper', 's_center', 'mass']);
  const count = bins.mass!.length;
  const recorded = model.tables(params).some((table) => table.name === 'psd_hist');
  const history = recorded ? await sizeHistory(layout, count) : { times: new Float64Array(0), numbers: [] };
  const columns = model.tables(params).find((table) => table.name === 'run')?.columns ?? [];
  const picture = await drawn({
    ...{ title: spec.title, identity: spec.identity, model: spec.model, version },
    run: await runRows(layout, history.times),
    sizes: {
      edges: Float64Array.of(...bins.s_lower!, bins.s_upper!.at(-1)!),
      centers: bins.s_center!,
      grainMass: bins.mass!,
    },
    history,
    otherSinks: await hasOtherSinks(layout, new Set(columns.map(({ name }) => name))),
  });
  makeFolder(layout.plots);
  for (const name of wanted) {
    writeDurably(path.join(layout.outdir, name), name.endsWith('.svg') ? picture.svg : picture.png);
  }
}

/** Least that the drawing library needs, with room; the collector works harder the less it is given. MB. */
const heap = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 12 };

/** Draws in a thread of its own. */
async function drawn(data: OverviewData): Promise<{ svg: string; png: Uint8Array }> {
  const thread = new Worker(new URL('./figureThread.js', import.meta.url), {
    workerData: data,
    resourceLimits: heap,
  });
  try {
    const [picture] = await once(thread, 'message');
    return picture;
  } finally {
    await thread.terminate();
  }
}

/** What sinks besides blow-out and sublimation have taken by a row. */
const otherSinkColumns: readonly string[] = ['M_loss_gas_drag', 'M_loss_hydro'];

const shown = [
  'time',
  'Sigma_surf',
  'tau',
  'tau_bound',
  'M_loss_cum',
  'mass_lost_by_blowout',
  'mass_lost_by_sinks',
  'mass_supplied',
  'T_M_used',
  'a_blow',
] as const;

/** The rows that the picture shows, a few thousand of however many there are. @param marks times whose rows must be among them, s */
async function runRows(layout: RunLayout, marks: Float64Array): Promise<OverviewRun> {
  const file = path.join(layout.series, 'run.parquet');
  const span = await timeSpan(file);
  const pieces: OverviewRun[] = [];
  if (span !== null) {
    await eachGroup(file, shown, (group) => {
      pieces.push(thinnedRows(group as unknown as OverviewRun, span, marks));
    });
  }
  const joined = shown.map((name) => [name, Float64Array.from(pieces.flatMap((piece) => [...piece[name]!]))]);
  return Object.fromEntries(joined) as unknown as OverviewRun;
}

async function hasOtherSinks(layout: RunLayout, columns: ReadonlySet<string>): Promise<boolean> {
  const file = path.join(layout.series, 'run.parquet');
  const names = otherSinkColumns.filter((name) => columns.has(name));
  const { rows } = await readFooter(file);
  if (names.length === 0 || rows === 0) return false;
  const [last] = await readRows(file, names, [rows - 1]);
  return last!.some((mass) => mass > 0);
}

async function timeSpan(file: string): Promise<TimeSpan | null> {
  let span: TimeSpan | null = null;
  await eachGroup(file, ['time'], ({ time }) => {
    span = spanWith(span, time!);
  });
  return span;
}

async function sizeHistory(layout: RunLayout, bins: number): Promise<SizeHistory> {
  const file = path.join(layout.series, 'psd_hist.parquet');
  const span = await timeSpan(file);
  if (span === null) return { times: new Float64Array(0), numbers: [] };
  const picked = new HistoryRows(span);
  await eachGroup(file, ['time'], ({ time }) => picked.add(time!));
  const names = Array.from({ length: bins }, (_, k) => `n${String(k).padStart(3, '0')}`);
  const rows = await readRows(file, ['time', ...names], picked.rows());
  return { times: Float64Array.from(rows, (row) => row[0]!), numbers: rows.map((row) => row.subarray(1)) };
}
