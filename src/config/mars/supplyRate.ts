import { year } from '../../sim/mars/constants.js';
import type { Supply } from '../../sim/mars/supply/params.js';
import type { Settings } from '../settings.js';
import type { Columns } from '../tables/columns.js';
import type { Inputs } from '../tables/inputs.js';
import { supplyTable } from '../tables/supply.js';

type Rate = Supply['rate'];
type Simple = Extract<Rate, { kind: 'constant' | 'powerlaw' | 'table' }>;

/** What laws of the supply rate are made from. */
interface Sources {
  readonly settings: Settings;
  readonly inputs: Inputs;
  readonly radius: number;
  readonly epsilon: number;
}

/** The law of the supply rate, mixed; null if there is no supply or the law cannot be read. */
export async function supplyRate(settings: Settings, inputs: Inputs, radius: number): Promise<Rate | null> {
  const epsilon = settings.number('supply.mixing.epsilon_mix');
  const sources = { settings, inputs, radius, epsilon };
  if (epsilon === 0) return null;
  switch (settings.text<'const' | 'powerlaw' | 'table' | 'piecewise'>('supply.mode')) {
    case 'const':
      return constantRate(sources);
    case 'powerlaw':
      return powerLaw(sources);
    case 'table': {
      const path = settings.maybeText('supply.table.path');
      if (path !== null)
        return table(sources, 'supply.table.path', path, settings.text('supply.table.time_unit'));
      settings.refuse('supply.table.path', 'supply.table.path is required with supply.mode table');
      return null;
    }
    case 'piecewise':
      return piecewise(sources);
  }
}

function constantRate({ settings, epsilon }: Sources): Rate | null {
  const mu = settings.maybeNumber('supply.const.mu_orbit10pct');
  const time = settings.seconds('supply.const.auto_from_tau1_tfill_years', 'yr');
  if (mu !== null && time !== null) {
    settings.refuseValue(
      'supply.const.auto_from_tau1_tfill_years',
      `contradicts supply.const.mu_orbit10pct = ${mu}; set one of them to null`,
    );
    return null;
  }
  if (time !== null) {
    warnOfMixing(settings, epsilon, 'supply.const.auto_from_tau1_tfill_years');
    return { kind: 'filling', time, epsilon };
  }
  if (mu === null) {
    const value = settings.number('supply.const.prod_area_rate_kg_m2_s') * epsilon;
    return value > 0 ? { kind: 'constant', value } : null;
  }
  warnOfMixing(settings, epsilon, 'supply.const.mu_orbit10pct');
  const orbitFraction = settings.number('supply.const.orbit_fraction_at_mu1');
  if (mu * orbitFraction === 0) return null;
  const referenceTau = settings.number('supply.const.mu_reference_tau');
  return { kind: 'orbit', mu, orbitFraction, referenceTau, epsilon };
}

/** The original divides epsilon out in these rules (physics.md Z2). */
function warnOfMixing(settings: Settings, epsilon: number, key: string): void {
  if (epsilon === 1 || settings.text('numerics.solver') === 'legacy') return;
  const origin = settings.given('supply.mixing.epsilon_mix') ? '' : ' (default)';
  settings.warn(
    `supply.mixing.epsilon_mix = ${epsilon}${origin} multiplies the supply; the original cancels it when ${key} is set`,
  );
}

function powerLaw({ settings, epsilon }: Sources): Rate | null {
  const A = settings.number('supply.powerlaw.A_kg_m2_s', 'is required with supply.mode powerlaw');
  if (A === 0) return null;
  return {
    kind: 'powerlaw',
    coefficient: A * epsilon,
    start: settings.number('supply.powerlaw.t0_s'),
    exponent: settings.number('supply.powerlaw.index'),
  };
}

function table(
  { settings, inputs, radius, epsilon }: Sources,
  key: string,
  path: string,
  unit: string,
): Promise<Extract<Rate, { kind: 'table' }> | null> {
  const secondsPerUnit = unit === 's' ? 1 : year;
  const conversion = {
    name: `supply rate x ${epsilon} at ${radius} m over t x ${secondsPerUnit}`,
    of(columns: Columns) {
      const { times, rates } = supplyTable(columns, secondsPerUnit, radius);
      return { kind: 'table' as const, times, rates: rates.map((rate) => rate * epsilon) };
    },
  };
  return inputs.readFrom(path, settings, key, conversion);
}

/** As `keys/supply.ts` accepts it. */
interface GivenPiece {
  readonly t_start_s: number;
  readonly t_end_s: number;
  readonly mode?: 'const' | 'powerlaw' | 'table';
  readonly const?: { readonly prod_area_rate_kg_m2_s: number };
  readonly powerlaw?: { readonly A_kg_m2_s: number; readonly t0_s?: number; readonly index?: number };
  readonly table?: { readonly path: string; readonly time_unit?: string };
}

async function piecewise(sources: Sources): Promise<Rate | null> {
  const { settings } = sources;
  const given = settings.value('supply.piecewise') as readonly GivenPiece[];
  if (given.length === 0) {
    settings.refuse(
      'supply.piecewise',
      'supply.piecewise needs at least one piece with supply.mode piecewise',
    );
    return null;
  }
  const pieces = [];
  for (const [i, piece] of given.entries()) {
    const { t_start_s: from, t_end_s: to } = piece;
    if (!(from < to)) refusePiece(settings, i, `t_start_s = ${from} must be < t_end_s = ${to} [s]`);
    const rate = await pieceRate(sources, piece, i);
    if (rate !== null) pieces.push({ from, to, rate });
  }
  return pieces.length === 0 ? null : { kind: 'piecewise', pieces };
}

function refusePiece(settings: Settings, i: number, message: string): void {
  settings.refuse('supply.piecewise', `supply.piecewise[${i}]: ${message}`);
}

async function pieceRate(sources: Sources, piece: GivenPiece, i: number): Promise<Simple | null> {
  const { settings, epsilon } = sources;
  const mode = piece.mode ?? 'const';
  const section = piece[mode];
  if (section === undefined) {
    refusePiece(settings, i, `the section ${mode} is required with mode ${mode}`);
    return null;
  }
  if (mode === 'const') return { kind: 'constant', value: piece.const!.prod_area_rate_kg_m2_s * epsilon };
  if (mode === 'powerlaw') {
    const { A_kg_m2_s, t0_s: start = 0, index: exponent = -1 } = piece.powerlaw!;
    return { kind: 'powerlaw', coefficient: A_kg_m2_s * epsilon, start, exponent };
  }
  const { path, time_unit = 's' } = piece.table!;
  return table(sources, 'supply.piecewise', path, time_unit);
}
