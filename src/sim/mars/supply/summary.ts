import type { Meaning } from '../../model.js';
import { reservoirPart, supplyPart } from '../accounts.js';
import { type Disk, diskOf } from '../disk.js';
import type { MarsParams } from '../params.js';
import { shieldingFactor } from '../shielding.js';
import type { MarsState } from '../state.js';
import { deepMass, massSupplied } from '../totals.js';
import { supplyMemory } from './extremes.js';
import { rateAt } from './law.js';
import { branchAt } from './temperature.js';

/** Moments at which a factor by temperature is looked at for its median and extremes. */
const looks = 1001;

/** Results about the supply; null for what the run does not have. */
export function supplySummary(disk: Disk, state: MarsState): Record<string, number | null> {
  const { supply, params } = disk;
  const { time, y } = state;
  const { factor, feedback, drain } = supply;
  const isRate = factor?.isRate === true;
  const scaled = factor === null || isRate ? null : couplingsUpTo(disk, time);
  return {
    supply_rate_kg_m2_s: isRate ? coupling(disk, 0) : rateAt(supply.law, 0),
    sigma_surf_mu_reference:
      params.supply?.rate.kind === 'orbit' ? referenceDensity(params, params.supply.rate.referenceTau) : null,
    supply_temperature_scale_min: scaled && Math.min(...scaled),
    supply_temperature_scale_median: scaled && scaled.slice().sort((a, b) => a - b)[(looks - 1) / 2]!,
    supply_temperature_scale_max: scaled && Math.max(...scaled),
    supply_temperature_scale_last: scaled && coupling(disk, time),
    supply_feedback_scale_last: feedback === null ? null : Math.exp(y[disk.unknowns.logScale]),
    sigma_deep_last: drain === null ? null : deepMass(disk, y),
    ...extremes(disk, state),
    ...reservoirSummary(disk, state),
  };
}

/** Surface density that the orbit rule is about, tau/(Phi(tau) kappa_0 f_los), kg m-2. */
function referenceDensity(params: MarsParams, tau: number): number {
  const opacity = shieldingFactor(params.shielding, tau) * diskOf(params).opacity0;
  return tau / (opacity * params.lineOfSight);
}

function extremes({ supply, params }: Disk, { accounts }: MarsState): Record<string, number | null> {
  const kept = supplyPart(params, accounts);
  // What reaches the surface is what the law says; or nobody has kept it.
  const unkept = params.supply !== null && supplyMemory(params) === 0 ? 1 : null;
  const of = (at: number) => (at < kept.length ? kept[at] : null);
  return {
    supply_feedback_scale_min: supply.feedback === null ? null : of(0),
    supply_feedback_scale_max: supply.feedback === null ? null : of(1),
    supply_visibility_min: of(2) ?? unkept,
    supply_visibility_max: of(3) ?? unkept,
  };
}

/** The function of T_M at equal distances of time. */
function couplingsUpTo(disk: Disk, time: number): number[] {
  return Array.from({ length: looks }, (_, i) => coupling(disk, (i / (looks - 1)) * time));
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
    supply_reservoir_mass_used_Mmars: (mass - left) * toMarsMasses,
    supply_reservoir_remaining_Mmars: left * toMarsMasses,
    supply_reservoir_fraction_last: left / mass,
    supply_reservoir_depletion_time_s: emptied !== null && emptied <= time ? emptied : null,
  };
}

const ends = 'the ends of steps; null if a program that did not keep it has begun the run';
const visible = 'what reaches the surface over what the law of time (or of T_M) says,';

export const supplyMeanings: Readonly<Record<string, Meaning>> = {
  supply_rate_kg_m2_s: { unit: 'kg m-2 s-1', meaning: 'supply rate at the start, before scales' },
  sigma_surf_mu_reference: {
    unit: 'kg m-2',
    meaning:
      'surface density at mu_reference_tau at the start; null unless the rate is given by mu_orbit10pct',
  },
  supply_temperature_scale_min: {
    unit: '',
    meaning: 'smallest factor of the supply by T_M, of 1001 moments at equal distances',
  },
  supply_temperature_scale_median: { unit: '', meaning: 'median over time of it' },
  supply_temperature_scale_max: { unit: '', meaning: 'largest of it' },
  supply_temperature_scale_last: { unit: '', meaning: 'factor of the supply by T_M at the end' },
  supply_feedback_scale_last: { unit: '', meaning: 'factor of the supply by the feedback at the end' },
  supply_feedback_scale_min: { unit: '', meaning: `smallest factor by the feedback at ${ends}` },
  supply_feedback_scale_max: { unit: '', meaning: `largest factor by the feedback at ${ends}` },
  supply_visibility_min: { unit: '', meaning: `smallest of ${visible} at ${ends}` },
  supply_visibility_max: { unit: '', meaning: `largest of ${visible} at ${ends}` },
  sigma_deep_last: { unit: 'kg m-2', meaning: 'mass in the deep buffer at the end' },
  supply_reservoir_mass_total_Mmars: { unit: 'M_Mars', meaning: 'mass of the reservoir at the start' },
  supply_reservoir_mass_used_Mmars: { unit: 'M_Mars', meaning: 'mass taken from the reservoir' },
  supply_reservoir_remaining_Mmars: { unit: 'M_Mars', meaning: 'mass of the reservoir at the end' },
  supply_reservoir_fraction_last: { unit: '', meaning: 'share of the reservoir left at the end' },
  supply_reservoir_depletion_time_s: {
    unit: 's',
    meaning: 'when the reservoir was used up; null if it was not, or tapers off',
  },
};
