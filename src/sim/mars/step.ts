import { PhysicsError, type RowSink } from '../model.js';
import { DenseOutput } from '../numerics/denseOutput.js';
import { ErrorNorm } from '../numerics/errorNorm.js';
import { rodas5p } from '../numerics/rodas5p.js';
import { Rosenbrock } from '../numerics/rosenbrock.js';
import { fitStep, proposeStep, tryStep } from '../numerics/stepControl.js';
import type { Stepper } from '../segment.js';
import { firstCrossing } from './crossing.js';
import type { Disk } from './disk.js';
import { intervalIndex, nextTarget } from './interval.js';
import { observe } from './observe.js';
import { DiskRates } from './rates.js';
import { RowWriter } from './rows.js';
import type { MarsState } from './state.js';
import { StateStops, type Stop } from './stateStops.js';
import { suppliedAt } from './supply/law.js';
import { type SupplySwitch, settle, settles } from './supply/switches.js';
import type { StepAround } from './tables/rowView.js';

/** Totals this far below the start are nothing: keeps the error norm finite once a ring is empty. */
const nothing = 1e-30;

/** A step of this share of the time reached no longer moves the clock reliably: the integration is stuck. */
const stuck = 1e-14;

const open = Number.POSITIVE_INFINITY;

/** A switch that depends on the state, inside a step: the length of the step that ends on it, s. */
interface Found {
  readonly length: number;
  readonly of: Stop | SupplySwitch;
}

/** One run of the disk: takes steps from a state, which it owns and changes. */
export class DiskRun implements Stepper {
  private readonly rates: DiskRates;
  private readonly solver: Rosenbrock;
  private readonly norm: ErrorNorm;
  private readonly dense: DenseOutput;
  private readonly stops: StateStops;
  private readonly rows: RowWriter;
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
    this.rows = new RowWriter(disk, this.rates, sink);
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
    state.stop =
      disk.end.time <= 0 ? disk.end.code : this.stops.actsFrom(0) ? this.stops.holds(0, state.y) : 0;
    this.rows.bins();
    const around = { step: 0, from: 0, length: 0, before: state.y, after: state.y };
    this.write(0, state.y, around, this.done);
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
    const { maxSteps } = disk.params.solver;
    if (state.steps >= maxSteps) {
      throw new PhysicsError(
        `unresolved: ${maxSteps} steps (numerics.max_steps) have reached only t = ${before} s`,
      );
    }
    state.steps++;
    if (crossed !== null && 'code' in crossed) state.stop = crossed.code;
    if (crossed !== null && 'land' in crossed) crossed.land(state.y, solver.solution);
    this.settle(time, solver.solution);
    if (state.stop === 0 && time >= disk.end.time) state.stop = disk.end.code;
    if (state.stop === 0 && !stops.actsFrom(before) && stops.actsFrom(time)) {
      state.stop = stops.holds(time, solver.solution);
    }
    this.writeRows(before, time, used);
    state.step = proposeStep(state.step, used, factor);
    state.time = time;
    state.y.set(solver.solution);
    observe(disk, state);
  }

  /** A supply that is known as a function of time is met exactly, in every row. */
  private settle(t: number, y: Float64Array): void {
    const { supply, unknowns } = this.disk;
    if (settles(supply, unknowns)) settle(unknowns, suppliedAt(supply.law, t), this.state.y, y);
  }

  /** Rows that lie in (before, time]; the last step of a run always ends with one. */
  private writeRows(before: number, time: number, used: number): void {
    const { state, disk, solver, dense, between } = this;
    const { stride } = disk.output;
    const { steps: step, y } = state;
    const around = { step, from: before, length: used, before: y, after: solver.solution };
    let due = stride !== null && state.steps % stride === 0;
    if (disk.output.at(state.nextOutput) < time) dense.set(state.y, solver.solution, solver.increments);
    for (let t = disk.output.at(state.nextOutput); t <= time; t = disk.output.at(state.nextOutput)) {
      state.nextOutput++;
      if (t === time) {
        due = true;
        break;
      }
      dense.at((t - before) / used, between);
      this.settle(t, between);
      this.write(t, between, around, false);
    }
    if (due || this.done) this.write(time, solver.solution, around, this.done);
  }

  private write(t: number, y: Float64Array, around: StepAround, last: boolean): void {
    const { state } = this;
    const stride = this.disk.params.output.sizeHistoryStride;
    const withSizes = stride !== null && (last || state.rows % stride === 0);
    this.rows.row(t, y, around, withSizes);
    state.rows++;
  }
}
