/** Compute thread of the runs with a state of 8 MB. */
import './heatModel.mjs';

export { default } from '../../dist/src/worker/segmentThread.js';
