import { sizeCases } from '../../bench/sizes/cases.js';
import { measure, paramsOf } from '../../bench/sizes/measure.js';

/** B and V with 320 bins at the times of the case (docs/size-resolution.md), and the largest error of 40 bins that is printed there. */
const finest: [string, { B: number[]; V?: number[]; error: number }][] = [
  ['cold, thin, flat', { B: [0.027151, 0.14691, 1.9855, 23.249], error: 0.0006 }],
  [
    'flat fragments (p = 0)',
    { B: [0.0047693, 0.013094, 0.081699, 59.904], V: [1.8096, 4.8486, 23.177, 175.99], error: 0.0065 },
  ],
  ['three slopes', { B: [0.0074396, 0.012115, 0.11343], V: [0.016793, 0.030664, 0.26199], error: 0.002 }],
  ['steep fragments', { B: [1.3842, 2.596, 21.031], error: 0.001 }],
];

describe('finite volumes away from the cases they were made on', () => {
  test.each(finest)('%s: 40 bins', async (name, { B, V, error }) => {
    const each = sizeCases.find((known) => known.name === name)!;
    const found = measure(await paramsOf(each, 'finite_volume', 40), each.times);
    const worst = (values: readonly number[], limits: readonly number[]) =>
      Math.max(...limits.map((limit, i) => Math.abs(values[i]! / limit - 1)));
    expect(worst(found.values.B, B)).toBeLessThan(error);
    if (V !== undefined) expect(worst(found.values.V, V)).toBeLessThan(error);
    expect(found.lowest).toBeGreaterThan(-1e-10);
    expect(found.closure).toBeLessThan(1e-12);
    expect(found.rejected).toBeLessThan(0.25 * found.steps);
  });
});
