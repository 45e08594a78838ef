import { marsRadius } from '../mars/constants.js';
import type { Column, RowSink } from '../model.js';
import type { LegacyDisk } from './disk.js';
import type { Frame } from './frame.js';
import type { LegacyState } from './state.js';

function float(name: string, unit: string, meaning: string): Column {
  return { name, type: 'float64', unit, meaning };
}

const mass = 'M_Mars';
const rate = 'M_Mars s-1';

/** Columns of orbit_rollup.csv, as in the original without its empty slope. */
export const orbitColumns: readonly Column[] = [
  { name: 'orbit_index', type: 'int32', unit: '', meaning: 'orbit, from 1' },
  float('time_s', 's', 'end of the step that completes the orbit'),
  float('time_s_end', 's', 'end of the orbit'),
  float('t_orb_s', 's', 'orbital period'),
  float('M_out_orbit', mass, 'blown out in the orbit'),
  float('M_sink_orbit', mass, 'lost by sinks in the orbit'),
  float('M_loss_orbit', mass, 'lost in the orbit'),
  float('M_out_per_orbit', rate, 'M_out_orbit/t_orb'),
  float('M_sink_per_orbit', rate, 'M_sink_orbit/t_orb'),
  float('M_loss_per_orbit', rate, 'M_loss_orbit/t_orb'),
  float('mass_loss_frac_per_orbit', '', 'M_loss_orbit over the mass at the start'),
  float('M_out_cum', mass, 'blown out since the start'),
  float('M_sink_cum', mass, 'lost by sinks since the start'),
  float('M_loss_cum', mass, 'lost since the start'),
  float('r_RM', 'R_Mars', 'reference radius'),
  float('T_M', 'K', 'surface temperature of Mars'),
];

/** Adds steps up to orbits and writes a row for each (physics.md k, roll-up; Y3). */
export class OrbitRows {
  private readonly row = new Float64Array(orbitColumns.length);

  constructor(
    private readonly disk: LegacyDisk,
    private readonly state: LegacyState,
    private readonly frame: Frame,
    private readonly sink: RowSink,
    private readonly table: number,
  ) {}

  /** The step just done. */
  add(): void {
    const { state, frame, disk } = this;
    if (!disk.params.output.orbits) return;
    state.orbitTime += disk.dt;
    state.orbitBlown += frame.blown;
    state.orbitSunk += frame.sunk;
    while (state.orbitTime >= disk.orbit) {
      const share = disk.orbit / state.orbitTime;
      const blown = state.orbitBlown * share;
      const sunk = state.orbitSunk * share;
      state.orbitTime -= disk.orbit;
      state.orbitBlown -= blown;
      state.orbitSunk -= sunk;
      state.orbits++;
      this.write(blown, sunk, frame.time - state.orbitTime);
    }
  }

  /** A run that ends within its first orbit has a row for the part it has made. */
  finish(): void {
    const { state, disk, frame } = this;
    if (!disk.params.output.orbits || state.orbits > 0 || state.steps === 0) return;
    this.write(state.orbitBlown, state.orbitSunk, frame.time);
  }

  private write(blown: number, sunk: number, end: number): void {
    const { state, disk, frame, row } = this;
    const loss = blown + sunk;
    let c = 0;
    row[c++] = Math.max(state.orbits, 1);
    row[c++] = frame.time;
    row[c++] = end;
    row[c++] = disk.orbit;
    row[c++] = blown;
    row[c++] = sunk;
    row[c++] = loss;
    row[c++] = blown / disk.orbit;
    row[c++] = sunk / disk.orbit;
    row[c++] = loss / disk.orbit;
    row[c++] = loss / (disk.sigma0 * disk.toMarsMasses);
    row[c++] = state.blown;
    row[c++] = state.sunk;
    row[c++] = state.blown + state.sunk;
    row[c++] = disk.params.radius / marsRadius;
    row[c++] = frame.T;
    this.sink.write(this.table, row);
  }
}
