// A worker with one hook on it, to be killed. Arguments: the request as JSON.
import { MockActivityEnvironment } from '@temporalio/testing';
import { runHookWith } from '../../../dist/src/activities/runHook.js';

const runHook = runHookWith({ computePool: { draining: false } });
await new MockActivityEnvironment().run(runHook, JSON.parse(process.argv[2]));
