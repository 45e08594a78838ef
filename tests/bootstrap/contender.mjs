// Takes a lock again and again, checks that it is alone, and dies at random: node contender.mjs LOCK ROUNDS SEED
//
// Prints one line per round that it has held the lock, "violation ..." if it was not alone.

import { readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquire, isAlive, processIdentity, release } from '../../bin/processLock.mjs';

const [lock, rounds, seed] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const inside = `${lock}.inside`;
let random = seed;
const chance = () => {
  random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
  return random / 2 ** 32;
};

for (let round = 0; round < rounds; round += 1) {
  const held = await acquire(lock);
  enter();
  if (chance() < 0.04) process.kill(process.pid, 'SIGKILL');
  await sleep(chance() * 2);
  rmSync(inside);
  if (chance() < 0.04) process.kill(process.pid, 'SIGKILL');
  writeSync(1, `held ${held.generation}\n`);
  release(held);
  if (chance() < 0.04) process.kill(process.pid, 'SIGKILL');
}

function enter() {
  try {
    writeFileSync(inside, processIdentity(), { flag: 'wx' });
  } catch {
    const other = readFileSync(inside, 'utf8');
    if (isAlive(other) !== false) writeSync(1, `violation: ${other} holds the lock, too\n`);
    writeFileSync(inside, processIdentity());
  }
}
