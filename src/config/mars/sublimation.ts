import type { MarsParams } from '../../sim/mars/params.js';
import {
  type PressureLine,
  type VapourLaw,
  type VapourLawName,
  vapourLaws,
} from '../../sim/mars/vapourLaws.js';
import type { Settings } from '../settings.js';
import type { Inputs } from '../tables/inputs.js';
import { fittedLine, pressureTable } from '../tables/pressure.js';
import type { TemperatureRange } from './climate.js';

type Sublimation = NonNullable<MarsParams['sublimation']>;
type Evaporation = Extract<Sublimation, { A: number }>;

const prefix = 'sinks.sub_params.';
/** Temperature of the exponential flux of 1 kg m-2 s-1, K: sinks.T_sub never reached it in the original. */
const exponentialReference = 1300;

/** True if the switches ask for sublimation; mode sublimation wins over enable_sublimation false, as in the original. */
function wanted(settings: Settings): boolean {
  switch (settings.text('physics_mode')) {
    case 'collisions_only':
      return false;
    case 'sublimation_only':
      return true;
    default:
      return settings.text('sinks.mode') !== 'none';
  }
}

const own = (settings: Settings, name: string) => settings.maybeNumber(prefix + name);

/** The coefficients above the liquid switch: those given over those of the law; a law without such a branch gets one if all are given. */
function liquidOf(settings: Settings, law: VapourLaw): Evaporation['liquid'] {
  if (!settings.flag(`${prefix}enable_liquid_branch`)) return null;
  const names = ['psat_liquid_switch_K', 'A_liq', 'B_liq'] as const;
  const given = names.filter((name) => own(settings, name) !== null);
  const defaults = law.liquid;
  if (defaults === null && given.length > 0 && given.length < names.length) {
    const missing = names.filter((name) => !given.includes(name)).map((name) => prefix + name);
    settings.refuseValue(
      prefix + given[0],
      `sublimation.law ${settings.text('sublimation.law')} has no liquid branch; give ${missing.join(' and ')} too`,
    );
  }
  if (defaults === null && given.length < names.length) return null;
  return {
    switch: own(settings, 'psat_liquid_switch_K') ?? defaults!.switch,
    A: own(settings, 'A_liq') ?? defaults!.A,
    B: own(settings, 'B_liq') ?? defaults!.B,
  };
}

/** A pressure that falls with temperature is no vapour pressure; only the default of the original has one. */
function warnOfDrop(settings: Settings, { A, B, liquid }: Evaporation): void {
  if (liquid === null) return;
  const rise = liquid.A - A - (liquid.B - B) / liquid.switch;
  if (rise >= 0) return;
  settings.warn(
    `sublimation.law = ${settings.text('sublimation.law')}: the vapour pressure falls by a factor of ${Number((10 ** -rise).toPrecision(2))} at the liquid switch, ${liquid.switch} K; sublimation.law=silica rises throughout`,
  );
}

/** The range that a law was made for, K: what is given over that of the law. */
function rangeOf(settings: Settings, law: VapourLaw, liquid: boolean): readonly [number, number] | null {
  const given = settings.value(prefix + (liquid ? 'valid_liquid_K' : 'valid_K'));
  if (Array.isArray(given)) return [given[0] as number, given[1] as number];
  return liquid ? law.validLiquid : law.valid;
}

/** Says when grains get hotter than what their law was made for: sublimation is strong there. Colder ones hardly sublime. */
function warnOfRange(settings: Settings, law: VapourLaw, found: Evaporation, hottest: number): void {
  const molten = found.liquid !== null && hottest >= found.liquid.switch;
  const range = rangeOf(settings, law, molten);
  if (range === null || !(hottest > range[1])) return;
  settings.warn(
    `sublimation.law = ${settings.text('sublimation.law')}: grains reach ${Number(hottest.toPrecision(5))} K, and the vapour pressure is extrapolated above ${range[1]} K`,
  );
}

/** The table of vapour pressures with what goes on beyond its ends, or null while a formula is asked for. */
async function tableOf(
  settings: Settings,
  inputs: Inputs,
  formula: PressureLine,
  reached: TemperatureRange | null,
): Promise<Evaporation['pressureTable'] | null> {
  const key = `${prefix}psat_table_path`;
  const model = settings.text(`${prefix}psat_model`);
  const path = settings.maybeText(key);
  if (model === 'clausius') {
    if (path !== null) settings.warn(`${key} = ${path} is not used: ${prefix}psat_model is clausius`);
    return null;
  }
  if (path === null) {
    if (model === 'tabulated') settings.refuse(key, `${key} is required with ${prefix}psat_model tabulated`);
    return null;
  }
  const table = await inputs.read(settings, key, { name: 'vapour pressure', of: pressureTable });
  if (table === null) return null;
  const { temperatures } = table;
  const [first, last] = [temperatures[0]!, temperatures[temperatures.length - 1]!];
  if (model === 'tabulated' && reached !== null && (reached.coldest < first || reached.hottest > last)) {
    settings.refuseValue(
      key,
      `covers ${first} to ${last} K, the grains of this run pass through ${Number(reached.coldest.toPrecision(5))} to ${Number(reached.hottest.toPrecision(5))} K; ${prefix}psat_model=auto continues the table by a fit`,
    );
  }
  const window = settings.number(`${prefix}local_fit_window_K`);
  const least = settings.number(`${prefix}min_points_local_fit`);
  const beyond = (end: 'cold' | 'hot') => fittedLine(table, end, window, least) ?? formula;
  return {
    temperatures: [...temperatures],
    logPressures: [...table.logPressures],
    cold: beyond('cold'),
    hot: beyond('hot'),
  };
}

/** Sublimation law, or null when it is off. @param reached by the grains during the run; null when the run is not known yet */
export async function sublimation(
  settings: Settings,
  inputs: Inputs,
  reached: TemperatureRange | null,
): Promise<MarsParams['sublimation']> {
  if (!wanted(settings)) return null;
  if (settings.value('sinks.enable_sublimation') === false) {
    settings.warn(
      'sinks.enable_sublimation = false is not used: sinks.mode = sublimation wins, as in the original; set sinks.mode=none',
    );
  }
  if (settings.text(`${prefix}mode`) !== 'hkl') {
    const width = Math.max(settings.number(`${prefix}dT`), 1);
    return { kind: 'exponential', reference: exponentialReference, width };
  }
  const law: VapourLaw = vapourLaws[settings.text<VapourLawName>('sublimation.law')];
  warnOfDefault(settings);
  const line = { A: own(settings, 'A') ?? law.A, B: own(settings, 'B') ?? law.B };
  const pressures = await tableOf(settings, inputs, line, reached);
  const found: Evaporation = {
    alphaEvap: own(settings, 'alpha_evap') ?? law.alphaEvap,
    molarMass: own(settings, 'mu') ?? law.molarMass,
    ...line,
    liquid: liquidOf(settings, law),
    gasPressure: settings.number(`${prefix}P_gas`),
    ...(pressures !== null && { pressureTable: pressures }),
  };
  if (pressures === null) {
    warnOfDrop(settings, found);
    if (reached !== null) warnOfRange(settings, law, found, reached.hottest);
  }
  return found;
}

function warnOfDefault(settings: Settings): void {
  const complete = ['alpha_evap', 'mu', 'A', 'B'].every((name) => own(settings, name) !== null);
  if (settings.given('sublimation.law') || complete) return;
  settings.warn(
    'sublimation.law is not given: silica fills the coefficients that sinks.sub_params leaves out (the original: sio_reference, whose vapour pressure falls by 4.4e4 at 1900 K)',
  );
}
