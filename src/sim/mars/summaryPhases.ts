import type { Meaning } from '../model.js';
import { phasePart } from './accounts.js';
import type { MarsParams } from './params.js';
import { phaseDurations } from './phaseTimes.js';
import type { MarsState } from './state.js';
import type { SummaryValue } from './summary.js';

/** Those that a run has by its phases; the others it has by a gate alone, too. */
const ofPhases = 5;

/** The time in each phase and with each sink; null without phases or gates, and if the run began in a program that did not keep it. */
export function phaseSummary(state: MarsState, params: MarsParams): Record<string, SummaryValue> {
  const kept = phasePart(params, state.accounts);
  const durations = phaseDurations.map((name, x): [string, number | null] => {
    const isKnown = x < kept.length && (x >= ofPhases || params.phase !== undefined);
    return [`time_${name}_s`, isKnown ? kept[x] : null];
  });
  return {
    phase_method: params.phase === undefined ? 'disabled' : 'threshold',
    ...Object.fromEntries(durations),
  };
}

const unknown = 'null without phases, and if a program that did not keep it has begun the run';
const ungated =
  'null without phases and without a gate, and if a program that did not keep it has begun the run';

/** Their meanings. */
export const phaseMeanings: Readonly<Record<string, Meaning>> = {
  phase_method: {
    unit: '',
    meaning: 'threshold: phases follow from temperature (and optical depth); disabled: all is solid',
  },
  time_solid_s: { unit: 's', meaning: `time with solid grains; ${unknown}` },
  time_vapor_s: { unit: 's', meaning: `time with grains that count as vapour; ${unknown}` },
  time_solid_dominated_s: { unit: 's', meaning: `time with up to 5 % of melt; ${unknown}` },
  time_mixed_s: { unit: 's', meaning: `time with 5 to 95 % of melt; ${unknown}` },
  time_liquid_dominated_s: {
    unit: 's',
    meaning: `time with 95 % of melt or more, in which collisions rest; ${unknown}`,
  },
  time_blowout_s: {
    unit: 's',
    meaning: `time in which phase, optical depth and blow-out size let grains be blown out; ${ungated}`,
  },
  time_hydro_escape_s: { unit: 's', meaning: `time in which vapour escapes; ${ungated}` },
  time_no_sink_s: { unit: 's', meaning: `time with neither blow-out nor escape; ${ungated}` },
};
