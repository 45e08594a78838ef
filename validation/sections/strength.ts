import { marsRadius } from '../../src/sim/mars/constants.js';
import { sizeGrid } from '../../src/sim/mars/grid.js';
import { geometricKernel } from '../../src/sim/mars/kernel.js';
import { orbitalFrequency } from '../../src/sim/mars/orbit.js';
import { split } from '../../src/sim/mars/remnant.js';
import { disruptionThreshold } from '../../src/sim/mars/strength.js';
import { quickstartParams } from '../defaultDisk.js';
import { near, type Row } from '../row.js';
import type { Section } from '../section.js';

/** The built-in basalt at 3 km/s and 2700 kg/m3. */
async function basalt(): Promise<(s: number) => number> {
  const { strength } = await quickstartParams('qstar.override_coeffs=false');
  return (s) => disruptionThreshold(strength, s, 3000, 2700);
}

/** Where the material term times 0.38 is the gravity term times 1.36, found on a fine grid. */
function weakest(Q: (s: number) => number): number {
  const logs = Array.from({ length: 40001 }, (_, i) => 1 + i / 10000);
  return 10 ** logs.reduce((best, x) => (Q(10 ** x) < Q(10 ** best) ? x : best));
}

function thresholds(Q: (s: number) => number): Row[] {
  const source = 'Benz & Asphaug 1999, Table 3';
  const known: readonly (readonly [string, number, number])[] = [
    ['1 cm', 0.01, 3500],
    ['1 m', 1, 608.3],
    ['100 m', 100, 128],
    ['10 km', 1e4, 1.173e4],
  ];
  const s = weakest(Q);
  return [
    ...known.map(([size, radius, J]) =>
      near(`qstar.${radius}`, `Q*_D of basalt at 3 km/s, ${size}`, J, Q(radius), 5e-4, {
        unit: 'J/kg',
        source,
        sure: 'B',
      }),
    ),
    near('qstar.weakest', 'weakest radius of basalt at 3 km/s', 117.5, s, 2e-3, {
      unit: 'm',
      source: 'dQ*/ds = 0; abstract: bodies of ~ 300 m diameter',
      sure: 'A',
    }),
    near('qstar.least', 'Q*_D there', 127.2, Q(s), 1e-3, { unit: 'J/kg', source: 'the same', sure: 'A' }),
  ];
}

function outcomes(): Row[] {
  const source = 'Leinhardt & Stewart 2012';
  const below = split(1.8 * (1 - 1e-15)).remnant;
  return [
    near('remnant.half', 'largest remnant at Q = Q*', 0.5, split(1).remnant, 1e-15, { source, sure: 'B' }),
    near('remnant.limit', 'largest remnant at 1.8 Q*', 0.1, split(1.8).remnant, 1e-12, { source, sure: 'B' }),
    near('remnant.below', 'largest remnant just below 1.8 Q*', 0.1, below, 1e-12, { source, sure: 'B' }),
    near('remnant.super', 'largest remnant at 4 × 1.8 Q*: 0.1 · 4^−1.5', 0.0125, split(7.2).remnant, 1e-12, {
      source,
      sure: 'B',
    }),
  ];
}

/**
 * Collision time of equal grains whose speeds are i v_K in a ring of height i r, from the model's own kernel, in units of 1/(Omega tau):
 * (sqrt(pi)/2)(2 s)^2 v/H N = (2/sqrt(pi)) Omega tau.
 */
function kernelTime(): number {
  const grid = sizeGrid(0.999e-6, 1.001e-6, 1, 3000);
  const r = 1.5 * marsRadius;
  const Omega = orbitalFrequency(r);
  const [K] = geometricKernel(grid, 0.05 * r * Omega, 0.05 * r);
  const N = 1 / (Math.PI * grid.sizes[0] * grid.sizes[0]);
  return Omega / (K * N);
}

function geometry(): Row[] {
  const Omega = orbitalFrequency(1.5 * marsRadius);
  const { opacities, sizes, masses } = sizeGrid(1e-7, 1e-5, 1, 3000);
  return [
    near('tcoll.1', 't = 1/(Ωτ) at 1.5 R_Mars, τ = 1', 1751.73, 1 / Omega, 1e-5, {
      unit: 's',
      source: 'Strubbe & Chiang 2006',
      sure: 'A',
    }),
    near('tcoll.01', 't = 1/(Ωτ) at 1.5 R_Mars, τ = 0.1', 17517.3, 10 / Omega, 1e-5, {
      unit: 's',
      source: 'the same',
      sure: 'A',
    }),
    near(
      'tcoll.kernel',
      'collision time of equal grains from the kernel, speeds i v_K, times Ωτ: √π/2',
      Math.sqrt(Math.PI) / 2,
      kernelTime(),
      1e-12,
      { source: 'closed form', sure: 'A' },
    ),
    near('kappa', 'opacity of 1 µm, 3000 kg/m³: 3/(4ρs)', 250, opacities[0], 1e-12, {
      unit: 'm²/kg',
      source: 'geometry',
      sure: 'A',
    }),
    near(
      'kappa.cross',
      'the same as cross-section over mass',
      250,
      (Math.PI * sizes[0] ** 2) / masses[0],
      1e-12,
      { unit: 'm²/kg', source: 'geometry', sure: 'A' },
    ),
    near('sigma.tau1', 'Σ at τ = 1 of such grains', 4e-3, 1 / opacities[0], 1e-12, {
      unit: 'kg/m²',
      source: 'geometry',
      sure: 'A',
    }),
  ];
}

export async function strength(): Promise<Section> {
  return {
    id: 'collisions',
    title: 'Strength and outcome of collisions',
    text:
      '1/(Ωτ) is the collision time of the original program and of Strubbe & Chiang; P/(4πτ) of Wyatt 1999 is half of it. The model uses neither: its ' +
      'times come from the kernel, √π/2 of 1/(Ωτ) where speeds and heights belong to the same inclination. Column `t_coll` is the shortest of all bins.',
    rows: [...thresholds(await basalt()), ...outcomes(), ...geometry()],
    figures: [],
  };
}
