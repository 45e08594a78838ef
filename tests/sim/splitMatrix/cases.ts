import type { LegacyParams } from '../../../src/sim/legacy/params.js';
import type { MarsParams } from '../../../src/sim/mars/params.js';
import type { CheckpointFormat } from '../../../src/store/checkpoints/checkpoint.js';
import { configurations } from './configurations.js';
import type { Cut } from './cut.js';
import { Decks } from './decks.js';
import { type HandOver, handOvers } from './segmentsInMemory.js';
import { type Fate, fates } from './segmentsInThread.js';

/** All that repeats a case, JSON-safe. */
export interface Case {
  readonly params: unknown;
  readonly cut: Cut;
  readonly resume: HandOver | Fate;
  readonly format: CheckpointFormat;
  readonly batchRows: number;
  readonly recoverySteps: number;
}

/** Cases of one configuration stand next to each other, so that its uninterrupted run is computed once. */
export const casesEach = 4;

const numbers = (...values: number[]) => values;

/** Of the Mars disk. @param count of configurations */
export const generateCases = (seed: number, count: number): Case[] =>
  casesOf(seed, configurations(seed, count));

/** Each of these configurations cut in `casesEach` ways. */
export function casesOf(seed: number, params: readonly unknown[]): Case[] {
  const decks = new Decks(seed + 1, params.length * casesEach);
  const shares = decks.of(...numbers(0.02, 0.1, 0.3, 0.5, 0.77, 0.97));
  const early = decks.of(...numbers(1e-7, 1e-5, 1e-3, 0.02));
  const lengths = decks.of([40], [97], [23, 1, 60], [5, 80], [31, 2, 2, 45]);
  const tiny = decks.of(...numbers(3, 12, 30));
  const limits = decks.of(null, null, 60, 25);
  const cuts: readonly ((i: number) => Cut)[] = [
    () => ({ kind: 'first step' }),
    () => ({ kind: 'before the last step' }),
    () => ({ kind: 'last step' }),
    (i) => ({ kind: 'share', share: shares[i]! }),
    (i) => ({ kind: 'tiny', segments: tiny[i]! }),
    (i) => ({ kind: 'steps', lengths: lengths[i]! }),
    (i) => ({ kind: 'interval', share: 0.19 * shares[i]! + 0.07, steps: limits[i]! }),
    (i) => ({ kind: 'times', shares: [early[i]!, 0.9 * shares[i]!, shares[i]!] }),
    (i) => ({ kind: 'ends of steps', shares: [0.1 * shares[i]!, shares[i]!] }),
    (i) => ({ kind: 'empty segments', steps: lengths[i]![0]! + 10 * tiny[i]! }),
  ];
  const resumes: readonly (HandOver | Fate)[] = [...handOvers, ...fates];
  const formats: readonly CheckpointFormat[] = ['binary', 'json'];
  const together = resumes.flatMap((resume) =>
    cuts.flatMap((cut) => formats.map((format) => ({ resume, cut, format }))),
  );
  const dealt = decks.of(...together);
  const batches = decks.of(...numbers(3, 20, 64, 1000));
  const recoveries = decks.of(...numbers(2, 5, 12, 30));
  return dealt.map(({ resume, cut, format }, i) => ({
    ...{ params: params[Math.floor(i / casesEach)]!, cut: cut(i), resume, format },
    batchRows: batches[i]!,
    recoverySteps: recoveries[i]!,
  }));
}

/** One line for people. */
export function nameOf({ params, cut, resume, format, batchRows }: Case): string {
  const { kind, ...more } = cut;
  const how = Object.values(more)
    .map((value) => JSON.stringify(value))
    .join(' ');
  return `${resume} (${format}, ${batchRows} rows) | ${kind} ${how}| ${diskOf(params as object)}`;
}

function diskOf({ sizes, solver, step, temperature, stops, output }: Partial<MarsParams & LegacyParams>) {
  const steps = solver ? `rtol ${solver.rtol}, ${output?.mode} ${output?.every.kind}` : `dt ${step}`;
  return `${sizes?.bins} bins, ${temperature?.kind}, ${stops?.end} s, ${steps}`;
}
