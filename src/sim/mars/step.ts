import { PhysicsError, type RowSink } from '../model.js';
import { DenseOutput } from '../numerics/denseOutput.js';
import { ErrorNorm } from '../numerics/errorNorm.js';
import { rodas5p } from '../numerics/rodas5p.js';
import { Rosenbrock } from '../numerics/rosenbrock.js';
import { fitStep, proposeStep, tryStep } from '../numerics/stepControl.js';
import type { Stepper } from '../segment.js';
import { energyAccountOf, orbitPart, phasePart, reservoirPart, supplyPart } from './accounts.js';
import { positionOf } from './columns.js';
import { firstCrossing } from './crossing.js';
import type { Disk } from './disk.js';
import type { EnergyAccount } from './energyAccount.js';
import { intervalIndex, nextTarget } from './interval.js';
import { observe } from './observe.js';
import { OrbitRollup } from './orbitRollup.js';
import { PhaseTimes } from './phaseTimes.js';
import { DiskRates } from './rates.js';
import { RowWriter } from './rows.js';
import type { MarsState } from './state.js';
import { StateStops, type Stop } from './stateStops.js';
import { SupplyExtremes } from './supply/extremes.js';
import { suppliedAt } from './supply/law.js';
import { type SupplySwitch, settle, settles } from './supply/switches.js';
import type { StepAround } from './tables/rowView.js';
import { massError } from './totals.js';

/**
 * Totals this far below the start are nothing (some tonnes of a ring of 1e-8 Mars masses). The error norm stays finite once a ring is empty; what
 * errors have left of it, maybe below zero, is not resolved; and a supply that opens smoothly, as t^n, gets over its beginning, where no
 * step is short enough to be good in relative terms.
 */
const nothing = 1e-15;

/** A step of this share of the time reached no longer moves the clock reliably: the integration is stuck. */
const stuck = 1e-14;

const open = Number.POSITIVE_INFINITY;

/** A switch that depends on the state, inside a step: the length of the step that ends on it, s. */
interface Found {
  readonly length: number;
  readonly of: Stop | SupplySwitch;
}

/** One run of the disk: takes steps from a state, which it owns and changes. */
export class DiskRun implements Stepper<MarsState> {
  private readonly rates: DiskRates;
  private readonly solver: Rosenbrock;
  private readonly norm: ErrorNorm;
  private readonly dense: DenseOutput;
  private readonly stops: StateStops;
  private readonly rows: RowWriter;
  private readonly energy: EnergyAccount | null;
  private readonly orbits: OrbitRollup | null;
  private readonly phases: PhaseTimes | null;
  private readonly supplied: SupplyExtremes | null;
  private readonly between: Float64Array;

  constructor(
    private readonly disk: Disk,
    readonly state: MarsState,
    sink: RowSink,
  ) {
    const { params, initialTotal } = disk;
    this.rates = new DiskRates(disk);
    this.solver = new Rosenbrock(this.rates, rodas5p);
    this.norm = new ErrorNorm({
      weights: disk.depths,
      logarithm: disk.unknowns.logScale,
      rtol: params.solver.rtol,
      eta: params.solver.eta,
      leastTotal: nothing * initialTotal,
      leastWeighted: nothing * params.tau0,
    });
    this.dense = new DenseOutput(rodas5p, state.y.length);
    this.between = new Float64Array(state.y.length);
    this.stops = new StateStops(disk, this.rates);
    this.energy = energyAccountOf(disk, state.accounts);
    this.rows = new RowWriter(disk, this.rates, this.energy, sink);
    const table = positionOf(params, 'orbit_rollup');
    this.orbits = table < 0 ? null : new OrbitRollup(disk, orbitPart(params, state.accounts), sink, table);
    const phases = phasePart(params, state.accounts);
    this.phases = phases.length === 0 ? null : new PhaseTimes(disk, this.rates, phases);
    const supplied = supplyPart(params, state.accounts);
    this.supplied = supplied.length === 0 ? null : new SupplyExtremes(this.rates, supplied);
  }

  get time(): number {
    return this.state.time;
  }

  get done(): boolean {
    return this.state.stop !== 0;
  }

  /** Rows and stop tests of t = 0, once per run. */
  begin(): void {
    const { state, disk } = this;
    if (state.rows > 0) return;
    this.rates.enter(intervalIndex(disk.breaks, 0));
    this.rates.begin(0, state.y);
    observe(disk, state);
    this.supplied?.begin(0, state.y);
    state.stop =
      disk.end.time <= 0 ? disk.end.code : this.stops.actsFrom(0) ? this.stops.holds(0, state.y) : 0;
    this.rows.bins();
    const { y, steps: step } = state;
    const around = { step, from: 0, length: 0, before: y, after: y, inside: this.dense };
    this.write(0, y, around, this.done);
  }

  /** One accepted step, in the order of spec/resolved.md 2: rates, attempts until one is good, stops, rows, state. */
  step(): void {
    const { state, disk, solver } = this;
    const t = state.time;
    const index = intervalIndex(disk.breaks, t);
    const target = nextTarget(disk, index, state);
    this.rates.enter(index);
    this.rates.begin(t, state.y);
    this.norm.start(state.y);
    solver.prepare(t, state.y);
    let found: Found | null = null;
    for (;;) {
      const used = Math.min(
        fitStep(Math.min(state.step, disk.longestStep), target - t),
        found?.length ?? open,
      );
      const { accepted, factor } = tryStep(solver, this.norm, t, state.y, used);
      if (!accepted) {
        this.reject(used, factor);
        found = null;
        continue;
      }
      if (found === null) {
        found = this.crossing(t, used);
        if (found !== null && found.length < used) continue;
      }
      const arrived = used === target - t;
      this.accept(arrived ? target : t + used, used, factor, found?.of ?? null);
      return;
    }
  }

  private reject(used: number, factor: number): void {
    const { state } = this;
    state.rejected++;
    state.step = used * factor;
    if (state.step < stuck * state.time || state.step < Number.MIN_VALUE) {
      throw new PhysicsError(
        `unresolved: no step is accepted at t = ${state.time} s, h = ${state.step} s after ${state.steps} steps; ` +
          'loosen numerics.rtol or look for a jump in the input tables',
      );
    }
  }

  /** The earliest state-dependent switch inside the step just tried. */
  private crossing(t: number, used: number): Found | null {
    const { state, solver, dense, stops } = this;
    const switches = [...(stops.actsFrom(t) ? stops.switches : []), ...this.rates.supplied.switches()];
    if (switches.length === 0) return null;
    dense.set(state.y, solver.solution, solver.increments);
    const first = firstCrossing(switches, t, used, dense, this.between);
    return first === null ? null : { length: first.theta * used, of: first.of };
  }

  /** Ends the step at `time`: stops, rows, then the state. */
  private accept(time: number, used: number, factor: number, crossed: Stop | SupplySwitch | null): void {
    const { state, disk, solver, stops } = this;
    const before = state.time;
    state.steps++;
    if (crossed !== null && 'code' in crossed) state.stop = crossed.code;
    if (crossed !== null && 'land' in crossed) {
      crossed.land(state.y, solver.solution);
      if (crossed.empties) reservoirPart(disk.params, state.accounts)[0] = time;
    }
    this.settle(time, solver.solution);
    if (state.stop === 0 && time >= disk.end.time) state.stop = disk.end.code;
    if (state.stop === 0 && !stops.actsFrom(before) && stops.actsFrom(time)) {
      state.stop = stops.holds(time, solver.solution);
    }
    if (state.stop === 0 && this.leaks(time)) state.stop = 6;
    this.record(time, used);
    state.step = proposeStep(state.step, used, factor);
    state.time = time;
    state.y.set(solver.solution);
    observe(disk, state);
    this.supplied?.observe(time, state.y);
  }

  /** Whether the step just accepted misses the mass budget by more than is allowed. */
  private leaks(time: number): boolean {
    const { massError: most } = this.disk.params.stops;
    return most !== undefined && massError(this.disk, time, this.solver.solution) > most;
  }

  /** A supply that is known as a function of time is met exactly, in every row. */
  private settle(t: number, y: Float64Array): void {
    const { supply, unknowns } = this.disk;
    if (settles(supply, unknowns)) settle(unknowns, suppliedAt(supply.law, t), this.state.y, y);
  }

  /** Rows and accounts of the step that has just been accepted, from the state's time to `time`. */
  private record(time: number, used: number): void {
    const { state, disk, solver, dense, energy, orbits, phases } = this;
    const { time: from, steps: step, y: before } = state;
    const after = solver.solution;
    const around = { step, from, length: used, before, after, inside: dense };
    const isSeen = energy !== null || phases?.looksInside || orbits?.endsBefore(time);
    if (isSeen || disk.output.at(state.nextOutput) < time) dense.set(before, after, solver.increments);
    this.writeRows(time, around);
    const inside = (t: number) => this.solutionAt(t, around);
    orbits?.step(time, around, inside, this.done);
    energy?.close(used, dense);
    phases?.step(intervalIndex(disk.breaks, from), from, time, phases.looksInside ? inside : () => before);
  }

  /** The solution at a time inside a step; the array is used again. */
  private solutionAt(t: number, { from, length, inside }: StepAround): Float64Array {
    inside.at((t - from) / length, this.between);
    this.settle(t, this.between);
    return this.between;
  }

  /** Rows that lie in the step that ends at `time`; the last step of a run always ends with one. */
  private writeRows(time: number, around: StepAround): void {
    const { state, disk } = this;
    const { stride } = disk.output;
    let due = stride !== null && state.steps % stride === 0;
    for (let t = disk.output.at(state.nextOutput); t <= time; t = disk.output.at(state.nextOutput)) {
      state.nextOutput++;
      if (t === time) {
        due = true;
        break;
      }
      this.write(t, this.solutionAt(t, around), around, false);
    }
    if (due || this.done) this.write(time, around.after, around, this.done);
  }

  private write(t: number, y: Float64Array, around: StepAround, last: boolean): void {
    this.rows.row(t, y, around, this.state.rows, last);
    this.state.rows++;
  }
}
