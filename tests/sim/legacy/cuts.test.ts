import { marsLegacy } from '../../../src/sim/legacy/model.js';
import type { LegacyParams } from '../../../src/sim/legacy/params.js';
import { BitRows, hex, run } from '../bytes.js';
import { legacyDiskParams } from '../legacyParams.js';
import { Decks } from '../splitMatrix/decks.js';

const open = Number.POSITIVE_INFINITY;
const count = 60;

const phase = {
  input: 'mars_surface',
  condense: 3900,
  vaporize: 4400,
  referencePressure: 1,
  pressure: 10,
  referenceTau: 1,
  sublimesAsMelt: true,
};

/** Small disks that between them use every option of the legacy solver; pairs meet without being listed. */
function configurations(): LegacyParams[] {
  const decks = new Decks(11, count);
  const parts = [
    decks.of(7, 8, 13, 20).map((bins) => ({ sizes: { bins } })),
    decks.of(1e-6, 1e-6, 1e-3, 1).map((tau0) => ({ tau0 })),
    decks.of('none', 'none', 'fixed', 'evolve_smin').map((floor) => ({ floor })),
    decks
      .of('smol', 'smol', 'surface', 'both', null)
      .map((location) => ({ sublimation: location && { location } })),
    decks.of(true, false).map((massConserving) => ({ sublimation: { massConserving } })),
    decks.of(3000, 4000, 4600).map((start) => ({ temperature: { start } })),
    decks.of(undefined, undefined, phase).map((rule) => ({ phase: rule })),
    decks.of(undefined, 1e-9).map((gasDrag) => ({ gasDrag })),
    decks
      .of(undefined, { strength: 1e-5, exponent: 1, reference: 2000, leastFraction: 1e-3 })
      .map((escaping) => ({ escape: escaping })),
    decks
      .of(
        { enabled: true },
        { enabled: true, tauMax: 1e-6 },
        { gate: 'sublimation_competition' },
        { enabled: false },
      )
      .map((blowout) => ({ blowout })),
    decks
      .of(undefined, { kind: 'factor', factor: 0.8 }, { kind: 'fixed', e: 0.1, i: 0.02 })
      .map((of) => ({ supply: of && { velocity: { of, blend: 'linear', weight: 'sigma_ratio' } } })),
    decks.of(undefined, 2e4).map((mixingTime) => ({ supply: { mixingTime } })),
    decks.of(undefined, { mass: 1e5, taper: 0.2 }).map((reservoir) => ({ supply: { reservoir } })),
    decks
      .of(undefined, { target: 2e-6, gain: 1, responseTime: 1e4, min: 0.1, max: 4, initial: 2 })
      .map((feedback) => ({ supply: { feedback } })),
    decks
      .of(undefined, { kind: 'power', reference: 4000, exponent: 2, atReference: 1, floor: 0, cap: 10 })
      .map((temperature) => ({ supply: { temperature } })),
    decks
      .of(
        { kind: 'min_bin', minSize: null },
        { kind: 'powerlaw_bins', slope: 3, minSize: 2e-6, maxSize: 1e-4 },
        { kind: 'initial_psd' },
      )
      .map((injection) => ({ supply: { injection } })),
    decks
      .of(undefined, { sigma: true, opacity: false }, { sigma: false, opacity: true })
      .map((frozen) => ({ frozen })),
    decks.of(1, 7).map((seriesStride) => ({ output: { seriesStride } })),
    decks.of(null, 3).map((sizeHistoryStride) => ({ output: { sizeHistoryStride } })),
    decks
      .of({ end: 9000 }, { end: 2e4, tau: 1.2e-6 }, { end: 2e4, lossRate: 1e-25, minDuration: 3000 })
      .map((stops) => ({ stops })),
  ];
  return Array.from({ length: count }, (_, i) =>
    parts.reduce<LegacyParams>((params, part) => {
      const change = part[i] as { sublimation?: object | null };
      return params.sublimation === null && change.sublimation
        ? params
        : legacyDiskParams(change as object, params);
    }, legacyDiskParams()),
  );
}

describe('a legacy run cut in any way is the uncut run, bit for bit', () => {
  const lengths = new Decks(12, count).of([1], [5, 80], [23, 1, 60], [40], [97]);

  test.each(configurations().map((params, i) => [i, params] as const))('configuration %i', (i, params) => {
    const uncut = run(marsLegacy, params, () => open);
    const sink = new BitRows();
    let state = marsLegacy.initial(params);
    for (let cut = 0; !marsLegacy.status(state, params).done; cut++) {
      let left = lengths[i]![cut % lengths[i]!.length]!;
      const again = JSON.parse(JSON.stringify(params));
      const fields = structuredClone(marsLegacy.fields(state));
      const carried =
        cut % 2 === 0
          ? marsLegacy.decode(marsLegacy.encode(state))
          : marsLegacy.fromFields(fields, marsLegacy.schema);
      state = marsLegacy.advance(carried, again, open, () => --left <= 0, sink);
    }
    expect(sink.rows.findIndex((row, k) => row !== uncut.rows[k])).toBe(-1);
    expect(sink.rows.length).toBe(uncut.rows.length);
    expect(hex(marsLegacy.encode(state)) === uncut.final).toBe(true);
  });
});
