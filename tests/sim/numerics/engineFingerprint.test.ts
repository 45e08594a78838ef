import { jest } from '@jest/globals';

type Fingerprint = typeof import('../../../src/sim/numerics/engineFingerprint.js');

async function fresh(): Promise<string> {
  jest.resetModules();
  const { engineFingerprint }: Fingerprint = await import('../../../src/sim/numerics/engineFingerprint.js');
  return engineFingerprint();
}

afterEach(() => jest.restoreAllMocks());

test('is the same whenever it is asked', async () => {
  expect(await fresh()).toMatch(/^[0-9a-f]{16}$/);
  expect(await fresh()).toBe(await fresh());
});

test.each(['exp', 'log', 'log10', 'cbrt', 'sqrt', 'sin'] as const)(
  'one last bit of Math.%s changes it',
  async (name) => {
    const own = await fresh();
    const right = Math[name];
    let calls = 0;
    jest.spyOn(Math, name).mockImplementation((x) => {
      calls += 1;
      return calls === 300 ? right(x) * (1 + Number.EPSILON) : right(x);
    });
    expect(await fresh()).not.toBe(own);
  },
);
