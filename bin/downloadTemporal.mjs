// Lets the Temporal SDK download the CLI into a folder: node downloadTemporal.mjs FOLDER
//
// A process of its own, because the SDK's download cannot be cancelled and keeps its process alive while it hangs.

import { TestWorkflowEnvironment } from '@temporalio/testing';

const downloadDir = process.argv[2];
if (!downloadDir) throw new Error('usage: node downloadTemporal.mjs FOLDER');
try {
  const executable = { type: /** @type {const} */ ('cached-download'), downloadDir };
  const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
  await environment.teardown();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
