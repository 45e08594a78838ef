// Bundles the workflows for Temporal's sandbox: node scripts/bundle.mjs OUTPUT_FILE

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const output = process.argv[2];
if (!output) throw new Error('usage: node scripts/bundle.mjs OUTPUT_FILE');
const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('../src/workflows/index.ts', import.meta.url)),
  logger: new DefaultLogger('WARN'),
});
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, code);
