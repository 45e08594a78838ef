/** Entry of the thread that draws one picture: its heap goes with it, and the worker's own thread can heartbeat meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import { drawOverview, type OverviewData } from '../report/overview.js';

const { svg, png } = await drawOverview(workerData as OverviewData);
parentPort!.postMessage({ svg, png });
