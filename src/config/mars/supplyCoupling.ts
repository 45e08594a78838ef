import { marsMass } from '../../sim/mars/constants.js';
import { orbitalPeriod } from '../../sim/mars/orbit.js';
import type { Supply } from '../../sim/mars/supply/params.js';
import type { Settings } from '../settings.js';
import type { Columns } from '../tables/columns.js';
import type { Inputs } from '../tables/inputs.js';
import { temperatureMap } from '../tables/supply.js';

/** Mass that there is to supply; a mass alone switches it on (physics.md, table of keys). */
export function reservoir(settings: Settings): Supply['reservoir'] {
  const key = 'supply.reservoir.mass_total_Mmars';
  const mass = settings.maybeNumber(key);
  const enabled = settings.flag('supply.reservoir.enabled');
  if (mass === null) {
    if (enabled) settings.refuse(key, `${key} is required with supply.reservoir.enabled`);
    return undefined;
  }
  if (!enabled && settings.given('supply.reservoir.enabled')) {
    settings.warn(
      `${key} = ${mass} limits the supply although supply.reservoir.enabled is false, as in the original`,
    );
  }
  const tapers = settings.text('supply.reservoir.depletion_mode') === 'taper';
  const taper = tapers ? settings.number('supply.reservoir.taper_fraction') : 0;
  return { mass: mass * marsMass, taper };
}

export function feedback(settings: Settings): Supply['feedback'] {
  if (!settings.flag('supply.feedback.enabled')) return undefined;
  const of = (name: string) => settings.number(`supply.feedback.${name}`);
  const [min, max, initial] = [of('min_scale'), of('max_scale'), of('initial_scale')];
  if (!(min < max)) {
    settings.refuseValue('supply.feedback.min_scale', `must be < supply.feedback.max_scale = ${max}`);
  } else if (initial < min || initial > max) {
    settings.refuseValue(
      'supply.feedback.initial_scale',
      `must be >= min_scale = ${min} and <= max_scale = ${max}`,
    );
  }
  const responseTime = settings.seconds('supply.feedback.response_time_years', 'yr')!;
  return { target: of('target_tau'), gain: of('gain'), responseTime, min, max, initial };
}

/** Undefined while it is off; null if its table cannot be read. */
export async function temperatureCoupling(
  settings: Settings,
  inputs: Inputs,
): Promise<Supply['temperature'] | null> {
  if (!settings.flag('supply.temperature.enabled')) return undefined;
  const of = (name: string) => settings.number(`supply.temperature.${name}`);
  const [floor, cap] = [of('floor'), of('cap')];
  if (!(floor < cap)) {
    settings.refuseValue('supply.temperature.floor', `must be < supply.temperature.cap = ${cap}`);
    return null;
  }
  if (settings.text('supply.temperature.mode') === 'table') return fromTable(settings, inputs, floor, cap);
  return {
    kind: 'power',
    reference: of('reference_K'),
    exponent: of('exponent'),
    atReference: of('scale_at_reference'),
    floor,
    cap,
  };
}

async function fromTable(settings: Settings, inputs: Inputs, floor: number, cap: number) {
  const key = 'supply.temperature.table.path';
  if (settings.maybeText(key) === null) {
    settings.refuse(key, `${key} is required with supply.temperature.mode table`);
    return null;
  }
  const T = settings.text('supply.temperature.table.column_temperature');
  const value = settings.text('supply.temperature.table.column_value');
  const kind = settings.text<'scale' | 'rate'>('supply.temperature.table.value_kind');
  const conversion = {
    name: `supply ${value} over ${T}`,
    of: (columns: Columns) => temperatureMap(columns, T, value),
  };
  const table = await inputs.read(settings, key, conversion);
  return table && { kind: 'table' as const, of: kind, ...table, floor, cap };
}

/** Time in which the deep buffer drains, s; undefined without one. */
export function mixingTime(settings: Settings, radius: number): number | undefined {
  if (settings.text('supply.transport.mode') === 'direct') {
    const key = 'supply.transport.t_mix_orbits';
    if (settings.given(key)) settings.warn(`${key} has no effect: supply.transport.mode is direct`);
    return undefined;
  }
  const orbits = settings.number(
    'supply.transport.t_mix_orbits',
    'is required with supply.transport.mode deep_mixing',
  );
  return orbits * orbitalPeriod(radius);
}
