import { ErrorNorm } from '../../src/sim/numerics/errorNorm.js';
import { rodas5p } from '../../src/sim/numerics/rodas5p.js';
import { type LedgerSystem, Rosenbrock } from '../../src/sim/numerics/rosenbrock.js';
import { firstStep, fitStep, proposeStep, tryStep } from '../../src/sim/numerics/stepControl.js';

/** A wrong right-hand side or Jacobian can bring the step control to a standstill; that shall be a failure, not a hang. */
const mostAttempts = 3000;

/**
 * Integrates any system with the solver and the step control of the disk; for systems whose solution is known in closed form.
 *
 * @param weights of the bins in the second total of the error norm (the disk's opacities)
 * @returns the solution at `to`, bins and ledgers
 */
export function integrate(
  system: LedgerSystem,
  weights: Float64Array,
  start: Float64Array,
  from: number,
  to: number,
  rtol: number,
): { y: Float64Array; steps: number } {
  const solver = new Rosenbrock(system, rodas5p);
  const norm = new ErrorNorm({ weights, rtol, eta: 1e-4, leastTotal: 1e-300, leastWeighted: 1e-300 });
  const y = start.slice();
  let t = from;
  let h = Math.min(firstStep, to - from);
  let steps = 0;
  for (let attempts = 0; t < to; attempts++) {
    if (attempts > mostAttempts) throw new Error(`no end: t = ${t}, h = ${h} after ${steps} steps`);
    solver.prepare(t, y);
    norm.start(y);
    const used = fitStep(h, to - t);
    const { accepted, factor } = tryStep(solver, norm, t, y, used);
    h = accepted ? proposeStep(h, used, factor) : used * factor;
    if (!accepted) continue;
    t = used === to - t ? to : t + used;
    y.set(solver.solution);
    steps++;
  }
  return { y, steps };
}

/** The same solver with `steps` steps of one length and no error control: for measuring its order. */
export function fixedSteps(
  system: LedgerSystem,
  start: Float64Array,
  to: number,
  steps: number,
): Float64Array {
  const solver = new Rosenbrock(system, rodas5p);
  const y = start.slice();
  const h = to / steps;
  for (let i = 0; i < steps; i++) {
    solver.prepare(i * h, y);
    if (!solver.attempt(i * h, y, h)) throw new Error(`step ${i} of ${steps} is not finite`);
    y.set(solver.solution);
  }
  return y;
}
