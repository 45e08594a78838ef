/** Memory is bounded: it does not grow with the rows of a run, through segments, merge, check and figure. */
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { marsdisk } from './command.js';
import { scratch } from './folders.js';

const folder = scratch();

/** Largest resident memory of the process that computes a run, bytes, and the rows of its longest table. */
async function peakOf(name: string, ...values: string[]): Promise<{ rows: number; peak: number }> {
  const args = [
    'run',
    'configs/quickstart.yml',
    ...values,
    '--quiet',
    '--json',
    '--outdir',
    path.join(folder, name),
  ];
  const { code, stdout, stderr } = await marsdisk(path.join(folder, 'home'), args, {
    environment: { MARSDISK_TEST_TRACE: '1' },
  });
  expect(code).toBe(0);
  const { files } = JSON.parse(stdout).summary as { files: { rows: number }[] };
  return {
    rows: Math.max(...files.map((file) => file.rows)),
    peak: Number(/^peak (\d+)$/m.exec(stderr)![1]),
  };
}

it('a run with a hundred times the rows needs at most 1.2 times the memory, ten years less than 512 MiB', async () => {
  const few = await peakOf('few');
  const dense = 'io.output_every=70 min';
  // When the collector comes is chance, and only adds: the lesser of two says what the rows need.
  const [many, again] = [await peakOf('many', dense), await peakOf('again', dense)];
  expect(many.rows / few.rows).toBeGreaterThan(100);
  expect(few.peak).toBeLessThan(512 * 2 ** 20);
  expect(Math.min(many.peak, again.peak) / few.peak).toBeLessThan(1.2);
});
