import { marsLegacy } from '../../../src/sim/legacy/model.js';
import { legacyDiskParams } from '../legacyParams.js';
import { endOf as end, ran } from './wholeRun.js';

const dilute = legacyDiskParams({ sublimation: null, supply: null, step: 200 });

test('the clock of a dense disk runs ahead of its state, that of a dilute one does not', () => {
  const dense = ran(legacyDiskParams({ tau0: 1, sizes: { max: 1 }, stops: { end: 2000 } }));
  expect(dense.column('covered_fraction').at(-1)).toBeLessThan(1e-3);
  expect(end(dilute).covered).toBeCloseTo(4e4, 6);
});

test('mass books close in a dilute disk: what was there is in the bins or blown out', () => {
  const { state, column } = ran(dilute);
  expect(Math.abs(column('mass_closure').at(-1)!)).toBeLessThan(1e-3);
  expect(column('mass_lost_by_blowout').at(-1)).toBeGreaterThan(0);
  expect(state.sunk).toBe(0);
});

test('blow-out: off, gated by optical depth, and delayed in the books', () => {
  const free = end(dilute).blown;
  expect(end(legacyDiskParams({ blowout: { enabled: false } }, dilute)).blown).toBe(0);
  expect(end(legacyDiskParams({ blowout: { tauMax: 1e-12 } }, dilute)).blown).toBe(0);
  expect(end(legacyDiskParams({ blowout: { gate: 'collision_competition' } }, dilute)).blown).toBeLessThan(
    free * (1 + 1e-9),
  );
});

test('gas drag takes mass, and is booked as a sink', () => {
  const dragged = end(legacyDiskParams({ gasDrag: 1e-9 }, dilute));
  expect(dragged.sunk).toBeGreaterThan(0);
  expect(dragged.sigma).toBeLessThan(end(dilute).sigma);
});

test('vapour stops blow-out and supply; it escapes only where a sink time-scale is active', () => {
  const hot = {
    input: 'mars_surface',
    condense: 1500,
    vaporize: 1700,
    referencePressure: 0,
    pressure: 0,
    referenceTau: null,
    sublimesAsMelt: false,
  } as const;
  const law = { strength: 1e-5, exponent: 1, reference: 2000, leastFraction: 1e-3 };
  const vapour = end(legacyDiskParams({ phase: hot, escape: law }, dilute));
  expect(vapour.blown).toBe(0);
  expect(vapour.escaped).toBe(0);
  expect(vapour.sigma).toBe(marsLegacy.initial(dilute).sigma);
  expect(end(legacyDiskParams({ phase: hot, escape: law, gasDrag: 1e-20 }, dilute)).escaped).toBeGreaterThan(
    0,
  );
});

test('target_phase any: vapour is blown out, and still not supplied; melt is not', () => {
  const hot = {
    input: 'mars_surface',
    condense: 3000,
    referencePressure: 0,
    pressure: 0,
    referenceTau: null,
    sublimesAsMelt: false,
  } as const;
  const blown = (vaporize: number, blowout: object) => {
    const { state, column } = ran(
      legacyDiskParams({ sublimation: null, step: 200, phase: { ...hot, vaporize }, blowout }),
    );
    expect([state.movedIn, column('phase_state').at(-1)]).toEqual([0, 1]);
    return state.blown;
  };
  expect(blown(4500, {})).toBe(0);
  expect(blown(4500, { anyPhase: true })).toBeGreaterThan(0);
  expect(blown(3500, { anyPhase: true })).toBe(0);
  expect(end(legacyDiskParams({ blowout: { anyPhase: true } }, dilute)).blown).toBe(end(dilute).blown);
});

test('surface sublimation shrinks the grains; blocked in melt unless that is allowed', () => {
  const law = legacyDiskParams().sublimation!;
  const surface = legacyDiskParams(
    { sublimation: { ...law, location: 'surface' }, temperature: { start: 4600 } },
    dilute,
  );
  const start = marsLegacy.initial(surface);
  expect(end(surface).sizes[0]).toBeLessThan(start.sizes[0]!);
  const melt = {
    input: 'mars_surface',
    condense: 1500,
    vaporize: 1700,
    referencePressure: 0,
    pressure: 0,
    referenceTau: null,
  } as const;
  const blocked = end(legacyDiskParams({ phase: { ...melt, sublimesAsMelt: false } }, surface));
  expect([...blocked.sizes]).toEqual([...start.sizes]);
  const allowed = end(legacyDiskParams({ phase: { ...melt, sublimesAsMelt: true } }, surface));
  expect(allowed.sizes[0]).toBeLessThan(start.sizes[0]!);
});

test('epsilon cancels in the supply by orbit; a reservoir ends it; a deep buffer delays it', () => {
  const supplied = (changes: object) =>
    end(legacyDiskParams({ sublimation: null, step: 200, supply: changes }));
  const usual = supplied({}).movedIn;
  expect(supplied({ rate: { epsilon: 0.01 } }).movedIn).toBe(usual);
  const rest = supplied({ reservoir: { mass: 1e5, taper: 0 } });
  expect(rest.reservoir).toBe(0);
  expect(rest.movedIn).toBeLessThan(usual);
  expect(rest.movedIn * dilute.area).toBeCloseTo(1e5, 3);
  const buffered = supplied({ mixingTime: 1e5 });
  expect(buffered.deep).toBeGreaterThan(0);
  expect(buffered.movedIn).toBeLessThan(usual);
});

test('feedback raises the supply of a thin disk; coupling to T_M lowers it as Mars cools', () => {
  const scales = (changes: object, name: string) => ran(legacyDiskParams({ supply: changes })).column(name);
  const law = { target: 1e-3, gain: 1, responseTime: 1e4, min: 1e-3, max: 3, initial: 1 };
  expect(scales({ feedback: law }, 'supply_feedback_scale').at(-1)).toBe(3);
  const cooling = scales(
    { temperature: { kind: 'power', reference: 4000, exponent: 4, atReference: 1, floor: 0, cap: 10 } },
    'supply_temperature_scale',
  );
  expect(cooling.at(-1)).toBeLessThan(cooling[0]!);
});

test('stops: optical depth, loss rate after its time, blow-out below s_min', () => {
  const reason = (changes: object) =>
    marsLegacy.status(end(legacyDiskParams(changes, dilute)), legacyDiskParams(changes, dilute)).stopReason;
  expect(reason({})).toBe('t_end');
  expect(reason({ stops: { tau: 1e-9 } })).toBe('tau_exceeded');
  expect(reason({ stops: { lossRate: 1, minDuration: 1000 } })).toBe('loss_rate_below_threshold');
  expect(end(legacyDiskParams({ stops: { lossRate: 1, minDuration: 1000 } }, dilute)).steps).toBe(5);
  expect(reason({ sizes: { min: 1e-4 }, initial: { alpha: 3 }, stops: { blowoutBelowGrid: true } })).toBe(
    'blowout_below_smin',
  );
});

test('stop on the mass error of a step: it ends the first run that passes it, and 0.005 ends none', () => {
  const stopped = (massError: number) => ran(legacyDiskParams({ stops: { massError } }, dilute));
  const free = ran(dilute);
  const errors = free.column('error_percent', 'mass_budget').map((percent) => percent / 100);
  const limit = Math.max(...errors) * (1 - 1e-9);
  const first = errors.findIndex((error) => error > limit);
  const found = stopped(limit);
  expect(first).toBeGreaterThanOrEqual(0);
  expect(found.state.steps).toBe(first + 1);
  expect(marsLegacy.status(found.state, dilute).stopReason).toBe('mass_budget_exceeded');
  expect(stopped(0.005).state.steps).toBe(free.state.steps);
});

test('kernel: wakes stir by optical depth; a ring that would open is refused; frozen values stay', () => {
  const wake = ran(legacyDiskParams({ wake: 2 }, dilute));
  expect(wake.column('e_kernel_used')[0]).toBeCloseTo(Math.sqrt((2 * 1e-6) / 0.75), 12);
  expect(() => end(legacyDiskParams({ wake: 2, tau0: 1 }, dilute))).toThrow(/is no ellipse/);
  const frozen = end(legacyDiskParams({ frozen: { sigma: true, opacity: true } }, dilute));
  expect(frozen.sigma).toBe(marsLegacy.initial(dilute).sigma);
  expect(frozen.opacity).toBe(marsLegacy.initial(dilute).opacity);
});

test('shielding lowers what is recorded and nothing that happens', () => {
  const shielded = ran(
    legacyDiskParams(
      {
        shielding: { mode: 'fixed_tau1', phi: { kind: 'exponential' }, tau: 1, surfaceDensity: 7, margin: 0 },
      },
      dilute,
    ),
  );
  expect(shielded.column('kappa_eff')[0]! / shielded.column('kappa_surf')[0]!).toBeCloseTo(Math.exp(-1), 12);
  expect(shielded.column('Sigma_tau1')[0]).toBe(7);
  expect(shielded.state.sigma).toBe(end(dilute).sigma);
});
