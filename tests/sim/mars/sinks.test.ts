import { marsDisk } from '../../../src/sim/mars/model.js';
import type { MarsParams } from '../../../src/sim/mars/params.js';
import { wholeRun } from '../../reference/runs.js';
import { diskParams } from '../params.js';

const day = 86400;
const none = { sublimation: null, supply: null } as const;
type Changes = Parameters<typeof diskParams>[0];

/** A quick run with its last row, which closes its budget. */
function end(changes: Changes) {
  const params = diskParams({ stops: { end: day }, ...changes });
  const { rows, state } = wholeRun(params);
  expect(state.largestMassError).toBeLessThan(1e-12);
  const last = (name: string) => rows.column('run', name).at(-1)!;
  return { last, rows, state, params, reason: marsDisk.status(state, params).stopReason };
}

const at = (T: number) => ({ temperature: { kind: 'constant', value: T } }) as const;
const phase: NonNullable<MarsParams['phase']> = {
  temperatureRatio: 1,
  condense: 3000,
  vaporize: 4000,
  referencePressure: 0,
  pressure: 0,
  referenceTau: null,
  sublimesAsMelt: false,
};

describe('phase', () => {
  test('solid grains are as without phases', () => {
    const [plain, solid] = [end({ ...at(2900) }), end({ ...at(2900), phase })];
    for (const name of ['Sigma_surf', 'tau', 'Sigma_blown_out', 'Sigma_sublimed'])
      expect(Math.abs(solid.last(name) / plain.last(name) - 1)).toBeLessThan(1e-4);
  });

  test('vapour is neither blown out nor supplied, and goes on to collide', () => {
    const { last, rows } = end({ ...at(3700), phase, sublimation: null });
    expect(last('Sigma_blown_out')).toBe(0);
    expect(last('Sigma_supplied')).toBe(0);
    expect(last('phase_state')).toBe(1);
    expect(last('tau')).toBeGreaterThan(2 * rows.column('run', 'tau')[0]!);
  });

  test('vapour is blown out where any phase is', () => {
    const blowout = { anyPhase: true } as const;
    expect(end({ ...at(3700), phase, blowout }).last('Sigma_blown_out')).toBeGreaterThan(0);
    expect(end({ ...at(4100), phase, blowout }).last('Sigma_blown_out')).toBe(0);
  });

  test('melt stays as it is; it sublimes only where that is allowed', () => {
    const frozen = end({ ...at(4100), phase });
    const start = marsDisk.initial(frozen.params).y;
    expect(Array.from(frozen.state.y.subarray(0, 14))).toEqual(Array.from(start.subarray(0, 14)));
    expect(frozen.last('phase_bulk_state')).toBe(2);
    const boiling = end({ ...at(4100), phase: { ...phase, sublimesAsMelt: true } });
    expect(boiling.last('Sigma_sublimed')).toBeGreaterThan(0);
  });

  test('a ring that cools freezes at a time that is known, and a step ends there', () => {
    const { rows } = end({ temperature: { start: 3600 }, phase, stops: { end: 400 * day } });
    const state = rows.column('run', 'phase_f_vap');
    const T = rows.column('run', 'T_M_used');
    const blown = rows.column('run', 'Sigma_blown_out');
    const frozen = T.findIndex((value) => Math.abs(value / 3500 - 1) < 1e-12);
    expect(frozen).toBeGreaterThan(0);
    expect(state[frozen]).toBeCloseTo(0.5, 9);
    expect(blown[frozen]).toBe(0);
    expect(blown.at(-1)!).toBeGreaterThan(0);
  });

  test('a ring that has escaped as vapour is filled again once what is supplied stays solid', () => {
    const { last, reason } = end({
      temperature: { start: 3700 },
      phase: { ...phase, referenceTau: 30 },
      escape: { strength: 1e-4, exponent: 1, reference: 2000, leastFraction: 1e-3 },
      gasDrag: { density: 1e-8, size: 1e-6 },
      stops: { end: 400 * day },
    });
    expect(reason).toBe('t_end');
    expect(last('T_M_used')).toBeLessThan(3490);
    expect(last('Sigma_supplied')).toBeGreaterThan(0);
  });

  test('dust that damps the vapour holds the ring where its depth keeps both phases in balance', () => {
    const changes = { ...at(3800), phase: { ...phase, referenceTau: 1 }, sublimation: null } as const;
    const { last, state } = end({ ...changes, tau0: 0.2, supply: null, stops: { end: 20 * day } });
    // Vapour grinds to dust, dust makes it solid, solids are blown out: f = 0.8/(1 + tau) stays at the ramp below 1/2.
    expect(last('phase_f_vap')).toBeGreaterThan(0.489);
    expect(last('phase_f_vap')).toBeLessThan(0.501);
    expect(last('tau')).toBeCloseTo(0.8 / last('phase_f_vap') - 1, 9);
    expect(last('Sigma_blown_out')).toBeGreaterThan(0);
    expect(state.steps).toBeLessThan(2000);
  });
});

test('a gate by optical depth holds blow-out back while there is too much dust', () => {
  const free = end({ ...at(4000), ...none });
  const gated = end({ ...at(4000), ...none, blowout: { tauGate: 2 } });
  expect(gated.last('Sigma_blown_out')).toBeLessThan(0.5 * free.last('Sigma_blown_out'));
  const blocked = gated.rows.column('run', 'tau_gate_blocked');
  const rate = gated.rows.column('run', 'outflux_surface');
  expect(Math.max(...blocked)).toBe(1);
  blocked.forEach((on, i) => {
    if (on === 1) expect(rate[i]).toBe(0);
  });
});

describe('gas drag', () => {
  test('one time for all sizes: an exponential decay, booked apart', () => {
    const still = { collisions: { enabled: false }, blowout: { enabled: false }, ...none } as const;
    const { last, rows } = end({ ...still, gasDrag: { density: 1e-10, size: 1e-6 } });
    const left = Math.exp(-day / ((3270 * 1e-6) / (1e-10 * 500)));
    const start = rows.column('run', 'Sigma_surf')[0]!;
    expect(Math.abs(last('Sigma_surf') / start / left - 1)).toBeLessThan(1e-4);
    expect(last('Sigma_dragged')).toBeCloseTo(start - last('Sigma_surf'), 12);
    expect(last('M_loss_cum')).toBeCloseTo(last('M_loss_gas_drag'), 20);
  });

  test('a time of its own for each size: dust goes, boulders stay', () => {
    const { rows } = end({ ...none, ...at(2000), gasDrag: { density: 1e-8, size: null } });
    const free = end({ ...none, ...at(2000) });
    expect(rows.column('run', 'tau').at(-1)!).toBeLessThan(free.last('tau'));
  });
});

test('vapour escapes, faster from a hotter Mars, and solid grains do not', () => {
  const escaping = { strength: 1e-6, exponent: 1, reference: 2000, leastFraction: 1e-3 };
  const run = (T: number) => end({ ...at(T), phase, escape: escaping, ...none });
  expect(run(2900).last('M_loss_hydro')).toBe(0);
  const [warm, hot] = [run(4100), run(6000)];
  const start = warm.rows.column('run', 'Sigma_surf')[0]!;
  expect(Math.abs(warm.last('Sigma_escaped') / start / -Math.expm1(-1e-6 * 2.05 * day) - 1)).toBeLessThan(
    1e-4,
  );
  expect(hot.last('Sigma_escaped')).toBeGreaterThan(warm.last('Sigma_escaped'));
});

describe('shielding', () => {
  const phi = { kind: 'table' as const, depths: [0, 1], values: [1, 0.4] };

  test('more mass is needed for the same effective depth, and more is supplied', () => {
    const plain = end({ ...at(4000) });
    const { last, rows } = end({ ...at(4000), shielding: { mode: 'psitau', phi } });
    const first = (of: typeof rows, name: string) => of.column('run', name)[0]!;
    expect(first(rows, 'Sigma_surf') / first(plain.rows, 'Sigma_surf')).toBeCloseTo(2.5, 12);
    expect(last('Sigma_supplied') / plain.last('Sigma_supplied')).toBeCloseTo(2.5, 9);
    expect(first(rows, 'kappa')).toBeCloseTo(0.4 * first(rows, 'kappa_surf'), 12);
    expect(first(rows, 'Sigma_tau1') * first(rows, 'kappa')).toBeCloseTo(1, 12);
  });

  test('a fixed depth gives a fixed Phi; Sigma_tau1 is what is asked for', () => {
    const fixed = { mode: 'fixed_tau1', phi, tau: 0.5, surfaceDensity: 3, margin: 0.1 } as const;
    const run = end({ ...at(4000), shielding: fixed });
    expect(new Set(run.rows.column('run', 'phi_used'))).toEqual(new Set([0.7]));
    expect(run.last('Sigma_tau1')).toBe(3);
    const most = end({ ...at(4000), shielding: { ...fixed, surfaceDensity: 'auto_max' } });
    const start = most.rows.column('run', 'Sigma_surf')[0]!;
    expect(most.last('Sigma_tau1')).toBeGreaterThanOrEqual(1.1 * start * (1 - 1e-12));
  });

  test('tau_stop knows of it', () => {
    const stops = { end: day, tau: 1.2 };
    expect(end({ ...at(4000), stops }).reason).toBe('tau_exceeded');
    expect(
      end({ ...at(4000), stops, shielding: { mode: 'psitau', phi: { kind: 'exponential' } } }).reason,
    ).toBe('t_end');
  });
});

describe('stops', () => {
  test('tau_stop acts on solid grains only', () => {
    const stops = { end: day, tau: 1.2 };
    expect(end({ ...at(3700), phase, sublimation: null, stops }).reason).toBe('t_end');
  });

  test('the loss rate counts every sink', () => {
    const stops = { end: 100 * day, lossRate: 1e-16 };
    const quiet = { collisions: { enabled: false }, blowout: { enabled: false }, ...none, stops } as const;
    expect(end(quiet)).toMatchObject({ reason: 'loss_rate_below_threshold', state: { time: 0 } });
    const dragged = end({ ...quiet, gasDrag: { density: 1e-9, size: 1e-6 } });
    expect(dragged.reason).toBe('loss_rate_below_threshold');
    expect(dragged.state.time).toBeGreaterThan(0);
    expect(dragged.last('dM_dt_surface_total') / 1e-16).toBeCloseTo(1, 4);
  });

  test('a budget that is missed by more than allowed ends the run', () => {
    const run = end({ stops: { end: day, massError: 1e-16 } });
    expect(run.reason).toBe('mass_budget_exceeded');
    expect(run.state.time).toBeLessThan(day);
    expect(end({ stops: { end: day, massError: 0.005 } }).reason).toBe('t_end');
  });
});

describe('sublimation', () => {
  const hot = {
    ...at(2700),
    ...{ supply: null, blowout: { enabled: false }, collisions: { enabled: false } },
  } as const;

  test('a law with a higher pressure sublimes more', () => {
    const lost = (changes: object) => end({ ...hot, sublimation: changes }).last('Sigma_sublimed');
    const line = { A: 13.203, B: 25898.9, liquid: null, alphaEvap: 0.022 };
    expect(lost({ ...line, A: 13.5 })).toBeGreaterThan(lost(line));
    expect(lost({ ...line, gasPressure: 1e6 })).toBe(0);
    const table = { temperatures: [1300, 2200], logPressures: [-6, 2], cold: line, hot: line };
    const of = ({ A, B }: { A: number; B: number }) => ({ A, B });
    const pressureTable = { ...table, cold: of(line), hot: of(line) };
    const higher = { ...pressureTable, logPressures: [-5.5, 2.5] };
    expect(lost({ ...line, pressureTable: higher })).toBeGreaterThan(lost({ ...line, pressureTable }));
  });

  test('the exponential flux grows with the temperature', () => {
    const law = { kind: 'exponential', reference: 2000, width: 50 } as const;
    const [cool, warm] = [2100, 2200].map((T) => end({ ...hot, ...at(T), sublimation: law }));
    expect(warm!.last('Sigma_sublimed')).toBeGreaterThan(cool!.last('Sigma_sublimed'));
    const grain = warm!.last('T_grain');
    expect(-warm!.last('ds_dt_sublimation') * 3270).toBeCloseTo(Math.exp((grain - 2000) / 50), 12);
  });
});
