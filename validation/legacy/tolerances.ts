/** How far a figure may lie from the original's: relative, or absolute where that is said (physics.md, acceptance). */
export interface Tolerance {
  readonly relative?: number;
  readonly absolute?: number;
  /** Not compared, and why. */
  readonly skip?: string;
}

const rounding = 'decided by rounding';
/** Masses in Mars masses below this are rounding noise. */
const noise = 1e-30;
const usual: Tolerance = { relative: 1e-11 };

const byColumn: Readonly<Record<string, Tolerance>> = {
  smol_mass_error: { absolute: 2e-15 },
  error_percent: { absolute: 2e-13 },
  mass_diff: { skip: 'zero by construction' },
};

const ofCase: Readonly<Record<string, Readonly<Record<string, Tolerance>>>> = {
  ref1_reduced_1e_6yr: {
    blowout_beta_gate: { skip: rounding },
    sink_selected: { skip: rounding },
    time_blowout_s: { skip: rounding },
  },
};

/** Sink columns of the case with surface drift: differences of nearly equal surface densities. */
const sinkColumns =
  /^(dSigma_dt_sinks|dSigma_dt_sublimation|M_sink_dot|mass_lost_by_sinks|mass_lost_sublimation_step|M_loss_cum|mass_lost|M_sink|M_loss)/;
const nearZero = /^(M_loss_cum|mass_lost|mass_loss|M_out|M_sink|M_loss)/;

/** @param mass of the ring at the start or booked as lost, whichever is more (ref4 books 23 times what there is), Mars masses */
export function toleranceOf(name: string, column: string, mass: number): Tolerance {
  const special = ofCase[name.replaceAll('-', '_')]?.[column] ?? byColumn[column];
  if (special !== undefined) return special;
  if (column === 'mass_total_bins' || column === 'mass_remaining') return { absolute: 1e-14 * mass };
  if (name.startsWith('ref5') && sinkColumns.test(column)) return { relative: 1e-9 };
  return nearZero.test(column) ? { ...usual, absolute: noise } : usual;
}
