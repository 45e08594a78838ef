/** For `--import`: writes the address of every module that the command loads to the file in MARSDISK_TEST_MODULES. */
import { appendFileSync } from 'node:fs';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

// The loader runs in a thread of its own, and loads this same file.
if (isMainThread) register(import.meta.url);

export async function load(url, context, next) {
  appendFileSync(process.env.MARSDISK_TEST_MODULES, `${url}\n`);
  return next(url, context);
}
