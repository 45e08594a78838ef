/** `marsdisk worker`: computes segments of runs that clients started, anywhere the output folders are mounted. */
import { temporalConfig } from '../../temporal.config.js';
import { CommandError, exitCode } from './exit.js';
import { Interrupts, leavingWorker } from './interrupts.js';
import { handOver } from './leavingWorker.js';
import { ProgressView } from './progressView.js';
import { inPlainWords } from './serverWords.js';
import { openConfiguredSession } from './session.js';

export async function worker(): Promise<void> {
  const view = new ProgressView(false);
  const session = await openConfiguredSession();
  const { startWorker } = await import('../worker/worker.js');
  const interrupts = new Interrupts(view, () => leavingWorker);
  try {
    const running = await inPlainWords(session, () =>
      startWorker({
        connection: session.connection as never,
        namespace: session.namespace,
        sweeps: true,
        taskQueue: temporalConfig.taskQueue,
        onProgress: (outdir, { segment, status }) =>
          view.show({ ...status, segment, phase: `segment ${segment} of ${outdir}` }),
        onWaiting: (outdir, message) => view.say(message ?? `there is room for ${outdir} again`),
      }),
    );
    view.say(
      `computing segments for ${session.connection.address}, namespace ${session.namespace}; Ctrl-C stops`,
    );
    try {
      await Promise.race([running.stopped, interrupts.happened]);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error; // an interrupt is the normal end of a worker
    } finally {
      if (!(await handOver(session, running))) {
        view.warn(
          'the server does not answer: leaving; what could not be handed over is computed again from its last recovery file',
        );
        process.exit(exitCode.complete); // the SDK would repeat its calls for half a minute, and has no way to end them
      }
    }
  } finally {
    view.done();
    interrupts.stop();
    await session.release();
  }
}
