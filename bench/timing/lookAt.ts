import { readFileSync } from 'node:fs';
import path from 'node:path';
import { partsOf } from '../../bin/processLock.mjs';

/** Ticks of /proc, s. */
const tick = 0.01;

export interface Process {
  /** s */
  readonly cpu: number;
  /** Bytes. */
  readonly rss: number;
}

/** What a process of this machine has used so far. */
function lookAt(pid: number): Process {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').map(Number);
  return { cpu: (fields[11]! + fields[12]!) * tick, rss: fields[21]! * 4096 };
}

/** The same of the embedded server. @throws when it does not run */
export function lookAtServer(home: string): Process {
  const { identity } = JSON.parse(readFileSync(path.join(home, 'server.json'), 'utf8'));
  return lookAt(partsOf(identity).pid);
}
