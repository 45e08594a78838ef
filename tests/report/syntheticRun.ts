import type { OverviewData } from '../../src/report/overview.js';

const year = 3.15576e7;
const rows = 3000;
const bins = 40;

/** Evenly spaced in log: `count` values from `first` to `last`. */
export function logSpaced(first: number, last: number, count: number): Float64Array {
  const ratio = Math.log(last / first) / (count - 1);
  return Float64Array.from({ length: count }, (_, index) => first * Math.exp(ratio * index));
}

/** Rises as a power law and levels off at `end`. */
function saturating(time: number, end: number, scale: number): number {
  return end * (1 - Math.exp(-time / scale));
}

function sizes() {
  const edges = logSpaced(1e-7, 3, bins + 1);
  const centers = Float64Array.from({ length: bins }, (_, k) => Math.sqrt(edges[k]! * edges[k + 1]!));
  return { edges, centers, grainMass: centers.map((s) => (4 / 3) * Math.PI * 3270 * s * s * s) };
}

const temperature = (time: number) => 4000 / Math.cbrt(1 + time / (0.8 * year));
const blowoutSize = (time: number) => 3.9e-6 * (temperature(time) / 4000) ** 4;

/** A run with the look of the ten-year case, from closed formulas: a start row, 3000 rows over 14 decades, six size distributions. */
export function syntheticRun(): OverviewData {
  const time = Float64Array.of(0, ...logSpaced(1e-6, 10 * year, rows - 1));
  const ripple = (t: number, k: number) => 1 + 0.3 * Math.sin(k * Math.log(1 + t));
  const { edges, centers, grainMass } = sizes();
  const times = Float64Array.of(0, 3, 320, 3.2e4, 3.2e6, 10 * year);
  const blown = time.map((t) => saturating(t, 7.6e-7, 6 * year));
  const sublimed = time.map((t) => saturating(t, 6e-8, 0.2 * year) + saturating(t, 2e-10, 60));
  const numbers = Array.from(times, (t) =>
    centers.map((s, k) => {
      const fine = Math.exp(-((Math.log(s / 1e-4) / 0.9) ** 2)) / (1 + t / 300);
      const boulders = Math.exp(-((Math.log(s / 1.5) / 0.8) ** 2)) / (1 + t / 3e4);
      const cascade = 0.02 * Math.sqrt(s) * (1 - Math.exp(-t / 50)) * (s < blowoutSize(t) ? 0.01 : 1);
      return (fine + boulders + cascade) / grainMass[k]!;
    }),
  );
  return {
    title: 'quickstart',
    identity: '3f9a2c7be01d44aa992106f1c5b8e7d0a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d9',
    model: 'mars-disk',
    version: '0.1.0',
    run: {
      time,
      Sigma_surf: time.map((t) => 0.23 + 1.98 / (1 + t / 2000)),
      tau: time.map(
        (t) => ((1 + 12 * Math.exp(-((t - 26) ** 2) / 800)) / (1 + t / 500) + t / (2 * year)) * ripple(t, 2),
      ),
      tau_bound: time.map((t) => (0.6 / (1 + t / 500) + t / (30 * year) + 0.002) * ripple(t, 2)),
      M_loss_cum: time.map((_, row) => blown[row]! + sublimed[row]!),
      mass_lost_by_blowout: blown,
      mass_lost_by_sinks: sublimed,
      mass_supplied: time.map((t) => 2.6e-15 * t),
      T_M_used: time.map(temperature),
      a_blow: time.map(blowoutSize),
    },
    sizes: { edges, centers, grainMass },
    history: { times, numbers },
    otherSinks: false,
  };
}
