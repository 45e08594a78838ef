import { readFileSync } from 'node:fs';

/** Ticks of /proc, s. */
const tick = 0.01;

export interface Process {
  /** s */
  readonly cpu: number;
  /** Bytes. */
  readonly rss: number;
}

/** What a process of this machine has used so far. */
export function lookAt(pid: number): Process {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').map(Number);
  return { cpu: (fields[11]! + fields[12]!) * tick, rss: fields[21]! * 4096 };
}
