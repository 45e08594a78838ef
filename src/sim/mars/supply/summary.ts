import type { Meaning } from '../../model.js';
import { reservoirPart } from '../accounts.js';
import type { Disk } from '../disk.js';
import type { MarsState } from '../state.js';
import { deepMass, massSupplied } from '../totals.js';
import { rateAt } from './law.js';
import { branchAt } from './temperature.js';

/** Results about the supply; null for what the run does not have. */
export function supplySummary(disk: Disk, state: MarsState): Record<string, number | null> {
  const { supply } = disk;
  const { time, y } = state;
  const { factor, feedback, drain } = supply;
  const isRate = factor?.isRate === true;
  return {
    supply_rate_kg_m2_s: isRate ? coupling(disk, 0) : rateAt(supply.law, 0),
    supply_temperature_scale_last: factor === null || isRate ? null : coupling(disk, time),
    supply_feedback_scale_last: feedback === null ? null : Math.exp(y[disk.unknowns.logScale]),
    sigma_deep_last: drain === null ? null : deepMass(disk, y),
    ...reservoirSummary(disk, state),
  };
}

/** The function of T_M at a time. */
function coupling({ supply, cooling }: Disk, t: number): number {
  const T = cooling.at(t);
  return supply.factor!.value(T, branchAt(supply.factor!, T));
}

function reservoirSummary(disk: Disk, { time, y, accounts }: MarsState): Record<string, number | null> {
  const { supply, params, toMarsMasses } = disk;
  const mass = supply.reservoir?.mass ?? Number.NaN;
  const left = Math.max(mass - massSupplied(disk, time, y), 0);
  const emptied = supply.explicit ? supply.emptyAt : reservoirPart(params, accounts)[0] || null;
  return {
    supply_reservoir_mass_total_Mmars: mass * toMarsMasses,
    supply_reservoir_remaining_Mmars: left * toMarsMasses,
    supply_reservoir_fraction_last: left / mass,
    supply_reservoir_depletion_time_s: emptied !== null && emptied <= time ? emptied : null,
  };
}

export const supplyMeanings: Readonly<Record<string, Meaning>> = {
  supply_rate_kg_m2_s: { unit: 'kg m-2 s-1', meaning: 'supply rate at the start, before scales' },
  supply_temperature_scale_last: { unit: '', meaning: 'factor of the supply by T_M at the end' },
  supply_feedback_scale_last: { unit: '', meaning: 'factor of the supply by the feedback at the end' },
  sigma_deep_last: { unit: 'kg m-2', meaning: 'mass in the deep buffer at the end' },
  supply_reservoir_mass_total_Mmars: { unit: 'M_Mars', meaning: 'mass of the reservoir at the start' },
  supply_reservoir_remaining_Mmars: { unit: 'M_Mars', meaning: 'mass of the reservoir at the end' },
  supply_reservoir_fraction_last: { unit: '', meaning: 'share of the reservoir left at the end' },
  supply_reservoir_depletion_time_s: {
    unit: 's',
    meaning: 'when the reservoir was used up; null if it was not, or tapers off',
  },
};
