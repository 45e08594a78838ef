/**
 * Compute thread of a program whose solver stops with an error in some cases, named in MARSDISK_TEST_FAILING, and hangs in others, named in
 * MARSDISK_TEST_HELD, until their workflow is gone. Both as lists of case folders, in JSON.
 */
import path from 'node:path';
import { PhysicsError } from '../../dist/src/sim/model.js';
import { asValue } from '../../dist/src/worker/segmentFailure.js';
import runSegment from '../../dist/src/worker/segmentThread.js';

const failing = new Set(JSON.parse(process.env.MARSDISK_TEST_FAILING ?? '[]'));
const held = new Set(JSON.parse(process.env.MARSDISK_TEST_HELD ?? '[]'));
/** Word of the gate that says that the thread may go on; see stepGate.ts. */
const RELEASED = 2;

export default function segment(task) {
  const title = path.basename(task.outdir);
  if (failing.has(title)) {
    task.port.close();
    return asValue(new PhysicsError('the solver of this program cannot do this case'));
  }
  if (held.has(title)) Atomics.wait(new Int32Array(task.gate), RELEASED, 0);
  return runSegment(task);
}
