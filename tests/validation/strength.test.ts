import { disruptionThreshold } from '../../src/sim/mars/strength.js';
import { quickParams } from '../config/loading.js';
import { expectRelative } from './expectRelative.js';

/** The built-in basalt at 3 km/s and 2700 kg/m3 (Benz & Asphaug 1999, Table 3). */
async function basalt(): Promise<(s: number) => number> {
  const { strength } = await quickParams('qstar.override_coeffs=false');
  return (s) => disruptionThreshold(strength, s, 3000, 2700);
}

test('Q*_D of basalt at 3 km/s', async () => {
  const Q = await basalt();
  expectRelative(Q(0.01), 3500, 1e-3);
  expectRelative(Q(1), 608.3, 1e-3);
  expectRelative(Q(100), 128, 1e-3);
  expectRelative(Q(1e4), 1.173e4, 1e-3);
});

/** dQ/dR = 0 where the material term times 0.38 is the gravity term times 1.36. */
test('basalt is weakest at 117.5 m, 127.2 J/kg', async () => {
  const Q = await basalt();
  const logs = Array.from({ length: 4001 }, (_, i) => 1 + i / 1000);
  const weakest = logs.reduce((best, x) => (Q(10 ** x) < Q(10 ** best) ? x : best));
  expectRelative(10 ** weakest, 117.5, 2e-3);
  expectRelative(Q(10 ** weakest), 127.2, 1e-3);
});
