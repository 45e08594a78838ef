import path from 'node:path';
import { drawOverview, type OverviewRun, type SizeHistory, selectHistoryRows } from '../report/overview.js';
import { makeFolder, writeDurably } from '../store/durable.js';
import type { RunLayout } from '../store/layout.js';
import { readColumns } from '../store/series.js';
import type { FinishRequest } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { failingLoudly, openRunFolder } from './runFolder.js';

/** Draws plots/overview.svg and .png from the merged series. */
export function drawFigureWith(dependencies: Dependencies) {
  return async function drawFigure(request: FinishRequest): Promise<void> {
    const { layout, spec, model, params } = openRunFolder(request.outdir, request.specHash);
    await failingLoudly(async () => {
      const bins = await readColumns(path.join(layout.series, 'psd_bins.parquet'), [
        's_lower',
        's_upper',
        's_center',
        'mass',
      ]);
      const recorded = model.tables(params).some((table) => table.name === 'psd_hist');
      const picture = await drawOverview({
        title: spec.title,
        identity: spec.identity,
        model: spec.model,
        version: dependencies.version,
        run: await runColumns(layout),
        sizes: {
          edges: Float64Array.of(...bins.s_lower!, bins.s_upper!.at(-1)!),
          centers: bins.s_center!,
          grainMass: bins.mass!,
        },
        history: recorded
          ? await sizeHistory(layout, bins.mass!.length)
          : { times: new Float64Array(0), numbers: [] },
      });
      makeFolder(layout.plots);
      writeDurably(path.join(layout.plots, 'overview.svg'), picture.svg);
      writeDurably(path.join(layout.plots, 'overview.png'), picture.png);
    });
  };
}

async function runColumns(layout: RunLayout): Promise<OverviewRun> {
  const columns = await readColumns(path.join(layout.series, 'run.parquet'), [
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
  ]);
  return columns as unknown as OverviewRun;
}

/** One column at a time: the history of a long run is much larger than the few rows that the picture shows. */
async function sizeHistory(layout: RunLayout, bins: number): Promise<SizeHistory> {
  const file = path.join(layout.series, 'psd_hist.parquet');
  const { time } = await readColumns(file, ['time']);
  const rows = selectHistoryRows(time!);
  const numbers = rows.map(() => new Float64Array(bins));
  for (let k = 0; k < bins; k += 1) {
    const name = `n${String(k).padStart(3, '0')}`;
    const column = (await readColumns(file, [name]))[name]!;
    for (const [i, row] of rows.entries()) numbers[i]![k] = column[row]!;
  }
  return { times: Float64Array.from(rows, (row) => time![row]!), numbers };
}
