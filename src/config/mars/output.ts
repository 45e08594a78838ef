import type { MarsParams } from '../../sim/mars/params.js';
import { inSeconds, inWords } from '../durations.js';
import type { Settings } from '../settings.js';

type Every = MarsParams['output']['every'];

/** Strides made for the original's fixed 20-s steps leave almost no rows here. */
const largeStride = 100;

function strideOf(settings: Settings): Every {
  const stride = settings.number('io.series_stride');
  if (stride >= largeStride) {
    settings.warn(
      `io.series_stride = ${stride} counts accepted steps of the resolved solver; ten years take about 550 of them, so few rows remain (the default 1 fits)`,
    );
  }
  return { kind: 'steps', stride };
}

function everyOf(settings: Settings): Every {
  const value = settings.value('io.output_every') as number | string | (number | string)[] | null;
  if (value === null) return strideOf(settings);
  if (settings.given('io.series_stride') && settings.number('io.series_stride') !== 1) {
    settings.refuseValue('io.series_stride', 'give either io.series_stride or io.output_every');
  }
  if (Array.isArray(value)) {
    const times = value.map((time) => inSeconds(time, 's'));
    const wrong = times.findIndex((time, i) => !(time > (i === 0 ? 0 : times[i - 1]!)));
    if (wrong >= 0)
      settings.refuse(
        'io.output_every',
        `io.output_every[${wrong}] = ${value[wrong]}: times must be > 0 and ascend`,
      );
    return { kind: 'times', times };
  }
  if (typeof value === 'string' && value.startsWith('log:'))
    return { kind: 'log', perDecade: Number(value.slice(4)) };
  const seconds = inSeconds(value, 's');
  if (!(seconds > 0)) settings.refuseValue('io.output_every', 'must be > 0');
  return { kind: 'interval', seconds };
}

/** Which rows are recorded. @param end planned end of the run, s */
export function output(settings: Settings, end: number): MarsParams['output'] {
  const every = everyOf(settings);
  const late = every.kind === 'times' ? every.times.filter((time) => time > end) : [];
  if (late.length > 0) {
    settings.warn(
      `io.output_every: ${late.length} of its times lie after the end of the run (${inWords(end)}) and give no rows`,
    );
  }
  const stride = settings.number('io.psd_history_stride');
  if (stride >= largeStride && settings.flag('io.psd_history')) {
    settings.warn(
      `io.psd_history_stride = ${stride} counts rows of series/run.parquet here; few or none remain (the default 1 fits)`,
    );
  }
  const diagnosticsStride = settings.maybeNumber('io.diagnostics_stride');
  return {
    mode: settings.text('io.output_mode'),
    every,
    sizeHistoryStride: settings.flag('io.psd_history') ? stride : null,
    ...(diagnosticsStride !== null && { diagnosticsStride }),
    ...(settings.flag('numerics.orbit_rollup') && { orbitRollup: true }),
    ...(settings.flag('io.original_names') && { originalNames: true }),
  };
}

/** Energy accounts, if they are asked for. */
export function energyAccounts(settings: Settings): Pick<MarsParams, 'energy'> {
  if (!settings.flag('diagnostics.energy_bookkeeping.enabled')) return {};
  const restitution = settings.number('dynamics.eps_restitution');
  return {
    energy: {
      cratering: settings.number('dynamics.f_ke_cratering'),
      fragmentation: settings.maybeNumber('dynamics.f_ke_fragmentation') ?? restitution * restitution,
    },
  };
}
