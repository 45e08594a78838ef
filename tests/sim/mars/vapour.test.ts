import type { Columns } from '../../../src/config/tables/columns.js';
import { fittedLine, pressureTable } from '../../../src/config/tables/pressure.js';
import {
  type EvaporationLaw,
  type SublimationLaw,
  sublimationFlux,
  vapourBranch,
  vapourPressure,
  vapourSwitches,
} from '../../../src/sim/mars/sublimation.js';
import { type VapourLawName, vapourLaws } from '../../../src/sim/mars/vapourLaws.js';

function lawOf(name: VapourLawName, changes: Partial<EvaporationLaw> = {}): EvaporationLaw {
  const { alphaEvap, molarMass, A, B, liquid } = vapourLaws[name];
  return { alphaEvap, molarMass, A, B, liquid, gasPressure: 0, ...changes };
}

const pressure = (law: EvaporationLaw, T: number) => vapourPressure(law, T, vapourBranch(law, T));
function flux(law: SublimationLaw, T: number) {
  const out = { J: 0, slope: 0 };
  sublimationFlux(law, T, vapourBranch(law, T), out);
  return out;
}

describe.each(['silica', 'forsterite'] as const)('%s', (name) => {
  test('the vapour pressure rises strictly from 1000 to 4000 K', () => {
    const law = lawOf(name);
    let last = 0;
    for (let T = 1000; T <= 4000; T += 0.5) {
      expect(pressure(law, T)).toBeGreaterThan(last);
      last = pressure(law, T);
    }
  });
});

test('silica is one line: no jump anywhere', () => {
  const law = lawOf('silica');
  expect(vapourSwitches(law)).toEqual([]);
  for (let T = 1000; T < 4000; T += 1) expect(pressure(law, T + 1) / pressure(law, T)).toBeLessThan(1.07);
});

test('sio_reference falls by 4.4e4 at 1900 K', () => {
  const law = lawOf('sio_reference');
  const fall = pressure(law, 1900 - 1e-9) / pressure(law, 1900);
  expect(fall).toBeCloseTo(44285, -2);
});

/** spec/validation.md section 2: measured pressures of silica and those of the reference law. */
test.each([
  [1500, 8.65e-5, 51.64],
  [1685, 6.8e-3, 1046],
  [1899.999, 0.3732, 16529],
  [2000, 1.793, null],
  [2500, 697.3, null],
  [3000, 3.72e4, null],
])('at %d K', (T, silica, reference) => {
  expect(Math.abs(pressure(lawOf('silica'), T) / silica - 1)).toBeLessThan(2e-3);
  if (reference !== null)
    expect(Math.abs(pressure(lawOf('sio_reference'), T) / reference - 1)).toBeLessThan(2e-3);
});

test('silica stays within 25 % of the independent effusion measurements', () => {
  // dG = 182050 - 58.29 T cal/mol of SiO2(s) -> SiO + O2/2; congruent: P_O2 = P_SiO/2 (spec/validation.md 2).
  const measured = { 1500: 8.24e-5, 1685: 7.2e-3, 2000: 2.17 };
  for (const [T, P] of Object.entries(measured)) {
    const ratio = pressure(lawOf('silica'), Number(T)) / P;
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  }
});

test('fluxes of the reference law: 2.71138e-4 at 1500 K, 2.83600e-3 at 2500 K', () => {
  expect(Math.abs(flux(lawOf('sio_reference'), 1500).J / 2.71138e-4 - 1)).toBeLessThan(1e-5);
  expect(Math.abs(flux(lawOf('sio_reference'), 2500).J / 2.836e-3 - 1)).toBeLessThan(1e-5);
});

test('ambient gas lessens the flux, down to nothing', () => {
  const law = lawOf('silica', { gasPressure: 1 });
  expect(flux(law, 2100).J).toBeLessThan(flux(lawOf('silica'), 2100).J);
  expect(flux(law, 1900)).toEqual({ J: 0, slope: 0 });
  const [start] = vapourSwitches(law);
  expect(pressure(law, start!)).toBeCloseTo(1, 12);
});

const laws: Record<string, SublimationLaw> = {
  silica: lawOf('silica', { gasPressure: 1e-3 }),
  forsterite: lawOf('forsterite'),
  exponential: { kind: 'exponential', reference: 1300, width: 50 },
  tabulated: lawOf('silica', { pressureTable: tabulated() }),
};

test.each(Object.entries(laws))('%s: the slope is the derivative of the flux', (_, law) => {
  for (const T of [1450, 1700, 1950, 2400]) {
    const h = 1e-3;
    const difference = (flux(law, T + h).J - flux(law, T - h).J) / (2 * h);
    expect(Math.abs(flux(law, T).slope - difference)).toBeLessThanOrEqual(1e-6 * Math.abs(difference));
  }
});

function tabulated() {
  const temperatures = [1500, 1600, 1750, 1900, 2100];
  const table = { temperatures, logPressures: temperatures.map((T) => 13.2 - 25900 / T + 0.1 * Math.sin(T)) };
  return { ...table, cold: { A: 13.203, B: 25898.9 }, hot: { A: 13.203, B: 25898.9 } };
}

describe('a table of pressures', () => {
  const columns = (names: string[], values: number[][]): Columns => ({
    names,
    rows: values[0]!.length,
    column: (name) => values[names.indexOf(name)]!,
  });

  test('is met at its nodes, monotone between them, and goes on outside along its lines', () => {
    const law = lawOf('silica', { pressureTable: tabulated() });
    const { temperatures, logPressures } = law.pressureTable!;
    temperatures.forEach((T, i) => {
      expect(Math.log10(pressure(law, T))).toBeCloseTo(logPressures[i]!, 12);
    });
    let last = 0;
    for (let T = 1500; T <= 2100; T += 1) {
      expect(pressure(law, T)).toBeGreaterThanOrEqual(last);
      last = pressure(law, T);
    }
    expect([1499, 1500, 2100, 2101].map((T) => vapourBranch(law, T))).toEqual([
      'below table',
      'table',
      'table',
      'above table',
    ]);
    expect(pressure(law, 1300)).toBe(pressure(lawOf('silica'), 1300));
    expect(vapourSwitches(law)).toEqual([1500, 2100]);
  });

  test('the fit near an end is the line that the points lie on', () => {
    const T = [1500, 1600, 1700, 1800, 3000];
    const table = pressureTable(columns(['T', 'log10P'], [T, T.map((t) => 12 - 24000 / t)]));
    const cold = fittedLine(table, 'cold', 300, 3)!;
    expect(cold.A).toBeCloseTo(12, 9);
    expect(cold.B).toBeCloseTo(24000, 5);
    expect(fittedLine(table, 'hot', 300, 3)).toBeNull();
  });

  test('pressures may be given themselves; those that fall are refused', () => {
    const table = pressureTable(
      columns(
        ['T_K', 'P_Pa'],
        [
          [1000, 2000],
          [1e-3, 10],
        ],
      ),
    );
    expect(table.logPressures).toEqual([-3, 1]);
    expect(() =>
      pressureTable(
        columns(
          ['T', 'log10P'],
          [
            [1000, 2000],
            [1, 0],
          ],
        ),
      ),
    ).toThrow(/log10P must ascend/);
    expect(() =>
      pressureTable(
        columns(
          ['T', 'P_Pa'],
          [
            [1000, 2000],
            [0, 1],
          ],
        ),
      ),
    ).toThrow(/must be > 0/);
  });
});
