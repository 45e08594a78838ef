// npm run native-stack up|down|status

import { parseArgs } from 'node:util';
import { SetUpError } from '../../bin/prepare.mjs';
import { StackError } from './failure.mjs';
import { DEFAULT_BASE_PORT, openStack } from './layout.mjs';
import { down, status, up } from './stack.mjs';

const USAGE = `usage: native-stack up|down|status [--home FOLDER] [--base-port NUMBER] [--json]

  up       starts PostgreSQL and the Temporal server, and makes what is missing: programs, database, tables, namespace
  down     stops both; nothing is deleted
  status   tells what runs; exit code 1 unless everything does

  --home       folder of the database and the logs (default: MARSDISK_NATIVE_HOME, or .marsdisk/native of this clone)
  --base-port  counts at the first use of a folder (default ${DEFAULT_BASE_PORT}; the server listens ${33} above it)`;

/** @param {string} message */
const say = (message) => console.error(`native-stack: ${message}`);

/**
 * @param {string[]} words
 * @returns {Promise<number>} exit code: 0 done, 1 failed or (status) not running, 2 bad usage
 */
export async function main(words) {
  const options = /** @type {const} */ ({
    home: { type: 'string' },
    'base-port': { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  let parsed;
  try {
    parsed = parseArgs({ args: words, options, allowPositionals: true });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return 2;
  }
  const { values, positionals } = parsed;
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const [verb] = positionals;
  if (positionals.length !== 1 || verb === undefined || !['up', 'down', 'status'].includes(verb)) {
    console.error(USAGE);
    return 2;
  }
  const basePort = values['base-port'] === undefined ? undefined : Number(values['base-port']);
  if (basePort !== undefined && !(Number.isInteger(basePort) && basePort >= 1024 && basePort <= 65_400)) {
    say(`--base-port ${values['base-port']}: must be a whole number from 1024 to 65400`);
    return 2;
  }
  try {
    return await obey(verb, openStack({ home: values.home, basePort }), values.json);
  } catch (error) {
    if (!(error instanceof StackError || error instanceof SetUpError || isUnavailable(error))) throw error;
    say(error.message);
    return 1;
  }
}

/** @param {unknown} error @returns {error is Error} no Temporal CLI was found */
function isUnavailable(error) {
  return error instanceof Error && error.name === 'ServerUnavailable';
}

/** @param {string} verb @param {import('./layout.mjs').Stack} stack @param {boolean} json */
async function obey(verb, stack, json) {
  if (verb === 'up') {
    const began = performance.now();
    await up(stack, say);
    say(
      `running after ${((performance.now() - began) / 1000).toFixed(1)} s; data and logs are in ${stack.home}`,
    );
  } else if (verb === 'down') {
    await down(stack);
    say('stopped; the data stay');
  }
  const parts = await status(stack);
  if (json) console.log(JSON.stringify({ address: stack.address, home: stack.home, parts }));
  else if (verb === 'up') console.log(`export TEMPORAL_ADDRESS=${stack.address}`);
  else if (verb === 'status')
    for (const { part, state, address, pid } of parts)
      console.log(`${part}  ${state}  ${address}  ${pid ?? '-'}`);
  return verb === 'status' && parts.some(({ state }) => state !== 'running') ? 1 : 0;
}
