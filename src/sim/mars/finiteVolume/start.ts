import { PhysicsError } from '../../model.js';
import { gaussLegendre } from '../../numerics/gauss.js';
import type { MarsParams } from '../params.js';
import type { Cells } from './cells.js';
import { initialShapes, type Shape } from './shapes.js';

/** Mass shares of the cells (sum 1, none in the floor) and opacity of the initial sizes, m2/kg. */
export interface Start {
  readonly shares: Float64Array;
  readonly opacity: number;
}

const rule = gaussLegendre(10);

/** Widest stretch of ln s that one rule covers, and as a share of the scale of the shape. */
const widest = 0.1;
const widestOfScale = 0.25;

/**
 * Exact integrals of the continuous initial shapes over every cell (spec/sizes.md 1.5), so that neither masses nor opacity depend on how many
 * cells there are.
 * @throws PhysicsError when no mass falls on the grid
 */
export function startOf(initial: MarsParams['initial'], cells: Cells, density: number): Start {
  const { count, edges } = cells;
  const shares = new Float64Array(count + 1);
  let opacity = 0;
  for (const shape of initialShapes(initial, edges[0], edges[count])) {
    const masses = shares.map((_, k) => (k === 0 ? 0 : integral(shape, edges[k - 1], edges[k], (s) => s)));
    const total = masses.reduce((sum, mass) => sum + mass, 0);
    if (!(total > 0)) continue;
    masses.forEach((mass, k) => {
      shares[k] += (shape.share * mass) / total;
    });
    const area = integral(shape, edges[0], edges[count], () => 1);
    opacity += (shape.share * 3 * area) / (4 * density * total);
  }
  const sum = shares.reduce((total, share) => total + share, 0);
  if (!(sum > 0 && Number.isFinite(sum))) {
    throw new PhysicsError(
      `initial sizes '${initial.shape}': no mass on the grid from ${edges[0]} to ${edges[count]} m; ` +
        'widen sizes.s_min..s_max or lower the condensation cut',
    );
  }
  return { shares: shares.map((share) => share / sum), opacity: opacity / sum };
}

/** Integral of shape times weight/s over s from `low` to `high`, in ln s between the breaks. */
function integral(shape: Shape, low: number, high: number, weight: (s: number) => number): number {
  const ends = [low, ...shape.breaks.filter((s) => s > low && s < high).sort((a, b) => a - b), high];
  let sum = 0;
  for (let i = 0; i + 1 < ends.length; i++) {
    const width = Math.log(ends[i + 1] / ends[i]);
    const parts = Math.ceil(width / Math.min(widest, widestOfScale * shape.scale));
    for (let part = 0; part < parts; part++) {
      for (let point = 0; point < rule.nodes.length; point++) {
        const s = ends[i] * Math.exp((width * (part + (1 + rule.nodes[point]) / 2)) / parts);
        sum += (rule.weights[point] * width * shape.density(s) * weight(s)) / (2 * parts);
      }
    }
  }
  return sum;
}
