import type { Column, RowSink } from '../model.js';
import { marsRadius } from './constants.js';
import type { Disk } from './disk.js';
import type { StepAround } from './tables/rowView.js';
import { sunkMass } from './totals.js';

/** An orbit that ends this close to the end of the run is complete. */
const rounding = 1e-12;

const float = (name: string, unit: string, meaning: string): Column => ({
  name,
  type: 'float64',
  unit,
  meaning,
});

/** Columns of orbit_rollup.csv. */
export const orbitColumns: readonly Column[] = [
  { name: 'orbit_index', type: 'int32', unit: '', meaning: 'orbit, from 1' },
  float('time_s', 's', 'model time at the end of the orbit'),
  float('time_s_end', 's', 'model time at the end of the orbit (same as time_s)'),
  float('t_orb_s', 's', 'orbital period'),
  float('M_out_orbit', 'M_Mars', 'mass blown out in the orbit'),
  float('M_sink_orbit', 'M_Mars', 'mass lost by sinks in the orbit'),
  float('M_loss_orbit', 'M_Mars', 'mass lost in the orbit'),
  float('M_out_per_orbit', 'M_Mars s-1', 'mean blow-out rate of the orbit'),
  float('M_sink_per_orbit', 'M_Mars s-1', 'mean rate of the sinks in the orbit'),
  float('M_loss_per_orbit', 'M_Mars s-1', 'mean loss rate of the orbit'),
  float('mass_loss_frac_per_orbit', '', 'mass lost in the orbit over the mass at the start of the run'),
  float('M_out_cum', 'M_Mars', 'mass blown out since the start'),
  float('M_sink_cum', 'M_Mars', 'mass lost by sinks since the start'),
  float('M_loss_cum', 'M_Mars', 'mass lost since the start'),
  float('r_RM', 'R_Mars', 'reference radius'),
  float('T_M', 'K', 'surface temperature of Mars at the end of the orbit'),
  float(
    'orbit_fraction',
    '',
    'share of the orbit that the row covers: 1, or less where the run ends within it',
  ),
];

/** What the roll-up keeps from step to step: orbits written, and both ledgers at the end of the last one. */
export const orbitMemory = 3;

/**
 * Losses orbit by orbit: differences of the ledgers at whole multiples of the orbital period, read off the dense output. So they are exact
 * to the solver's tolerance and neither rows nor cuts change them.
 */
export class OrbitRollup {
  private readonly row = new Float64Array(orbitColumns.length);
  private readonly period: number;

  /** @param kept `orbitMemory` numbers, a part of the run's state; @param table position of the table */
  constructor(
    private readonly disk: Disk,
    private readonly kept: Float64Array,
    private readonly sink: RowSink,
    private readonly table: number,
  ) {
    this.period = (2 * Math.PI) / disk.Omega;
  }

  /** Whether an orbit ends inside a step, before its end. */
  endsBefore(time: number): boolean {
    return this.nextEnd < time;
  }

  private get nextEnd(): number {
    return (this.kept[0] + 1) * this.period;
  }

  /** Rows of the orbits that end in a step; at the end of the run also of the one that it has begun. @param solutionAt inside the step */
  step(time: number, { after }: StepAround, solutionAt: (t: number) => Float64Array, last: boolean): void {
    const { disk } = this;
    const { blownOut } = disk.unknowns;
    for (let t = this.nextEnd; t < time; t = this.nextEnd) {
      if (last && t >= time * (1 - rounding)) break;
      const y = solutionAt(t);
      this.write(t, y[blownOut], sunkMass(disk, y), 1);
    }
    const open = time / this.period - this.kept[0];
    if (last && open > rounding * this.kept[0]) {
      const whole = Math.abs(this.nextEnd - time) <= rounding * time;
      this.write(time, after[blownOut], sunkMass(disk, after), whole ? 1 : open);
    } else if (this.nextEnd === time) {
      this.write(time, after[blownOut], sunkMass(disk, after), 1);
    }
  }

  /** @param B, V masses blown out and lost by sinks until the end, kg m-2 */
  private write(t: number, B: number, V: number, fraction: number): void {
    const { disk, kept, row, period } = this;
    const { toMarsMasses: toMM } = disk;
    const out = (B - kept[1]) * toMM;
    const sunk = (V - kept[2]) * toMM;
    const covered = fraction * period;
    let c = 0;
    row[c++] = kept[0] + 1;
    row[c++] = t;
    row[c++] = t;
    row[c++] = period;
    row[c++] = out;
    row[c++] = sunk;
    row[c++] = out + sunk;
    row[c++] = out / covered;
    row[c++] = sunk / covered;
    row[c++] = (out + sunk) / covered;
    row[c++] = (out + sunk) / (disk.initialTotal * toMM);
    row[c++] = B * toMM;
    row[c++] = V * toMM;
    row[c++] = (B + V) * toMM;
    row[c++] = disk.params.radius / marsRadius;
    row[c++] = disk.cooling.at(t);
    row[c++] = fraction;
    this.sink.write(this.table, row);
    kept[0] += 1;
    kept[1] = B;
    kept[2] = V;
  }
}
