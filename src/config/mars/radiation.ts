import { limitChi } from '../../sim/mars/blowout.js';
import { day, year } from '../../sim/mars/constants.js';
import { orbitalPeriod } from '../../sim/mars/orbit.js';
import { type MarsParams, marsParams } from '../../sim/mars/params.js';
import type { Settings } from '../settings.js';
import type { Columns } from '../tables/columns.js';
import type { Inputs } from '../tables/inputs.js';
import { temperatureTable } from '../tables/temperature.js';

type Temperature = MarsParams['temperature'];

const driver = 'radiation.mars_temperature_driver';

/** The temperature that a cooling law starts from. */
function start(settings: Settings, mode: string): number {
  return settings.number('radiation.TM_K', `is required with ${driver}.mode ${mode} (1000 to 6500 K)`);
}

/** The linear law as the original has it, factor and all: existing runs must be comparable. */
function linearLaw(settings: Settings, mode: string): Temperature {
  const law = {
    kind: 'linear' as const,
    start: start(settings, mode),
    layer: settings.number(`${driver}.hyodo.d_layer_m`),
  };
  const factor = (law.start / 4000) ** 5; // (T0/4000)^+1 stands where the energy balance has ^-4 (spec/validation.md)
  if (factor !== 1) {
    const share = Number(factor.toPrecision(3));
    settings.warn(
      `${driver}.mode = hyodo is right at T0 = 4000 K only: from radiation.TM_K = ${law.start} K its cooling takes ${share} times as long as the layer needs to radiate its heat; ${driver}.mode=slab is right at every temperature`,
    );
  }
  return law;
}

/** Says how to get the law that a generated table of the original sampled. */
function lawInstead(settings: Settings, path: string): string {
  const tag = /T(\d+)p(\d+)K/.exec(path);
  const T0 = tag ? Number(`${tag[1]}.${tag[2]}`) : (settings.maybeNumber('radiation.TM_K') ?? 4000);
  return `If it is a table that the original generated, set ${driver}.mode=slab and radiation.TM_K=${T0}: the law that the table samples`;
}

async function fromTable(settings: Settings, inputs: Inputs, radius: number): Promise<Temperature | null> {
  const key = `${driver}.table.path`;
  const path = settings.maybeText(key);
  if (path === null) {
    settings.refuse(key, `${key} is required with ${driver}.mode table`);
    return null;
  }
  const unit = { s: 1, day, yr: year, orbit: orbitalPeriod(radius) }[
    settings.text<'s' | 'day' | 'yr' | 'orbit'>(`${driver}.table.time_unit`)
  ];
  const timeColumn = settings.text(`${driver}.table.column_time`);
  const temperatureColumn = settings.text(`${driver}.table.column_temperature`);
  const law = {
    name: `temperature in ${temperatureColumn} over ${timeColumn} x ${unit}`,
    of: (columns: Columns) =>
      marsParams.shape.temperature.parse({
        kind: 'table',
        ...temperatureTable(columns, timeColumn, temperatureColumn, unit),
      }),
  };
  return inputs.read(settings, key, law, lawInstead(settings, path));
}

/** Temperature of Mars over time: exactly the law that is asked for (physics.md section c and Z4). */
export async function temperature(
  settings: Settings,
  inputs: Inputs,
  radius: number,
): Promise<Temperature | null> {
  if (!settings.flag(`${driver}.enabled`)) {
    settings.warn(
      `${driver}.enabled is ${settings.given(`${driver}.enabled`) ? 'false' : 'not given'}: T_M stays at radiation.TM_K (the original replaced this by a cooling slab; for that set ${driver}.enabled=true and mode=slab)`,
    );
    const value = settings.number(
      'radiation.TM_K',
      `is required while ${driver}.enabled is false (1000 to 6500 K)`,
    );
    return { kind: 'constant', value };
  }
  const mode = settings.text(`${driver}.mode`);
  switch (mode) {
    case 'constant': {
      const value = settings.maybeNumber(`${driver}.constant.value_K`) ?? start(settings, mode);
      return { kind: 'constant', value };
    }
    case 'slab':
      return {
        kind: 'slab',
        start: start(settings, mode),
        layer: settings.number(`${driver}.slab.d_layer_m`),
        density: settings.number(`${driver}.slab.rho`),
        heatCapacity: settings.number(`${driver}.slab.cp`),
      };
    case 'hyodo':
      return linearLaw(settings, mode);
    default:
      return fromTable(settings, inputs, radius);
  }
}

/** Blow-out by radiation pressure: every switch of the original must be on. @param phased whether grains change their phase */
export function blowout(settings: Settings, phased: boolean): MarsParams['blowout'] {
  const enabled =
    settings.flag('blowout.enabled') &&
    settings.flag('sinks.rp_blowout.enable') &&
    settings.flag('radiation.use_mars_rp') &&
    settings.text('radiation.source') === 'mars' &&
    settings.text('physics_mode') !== 'sublimation_only';
  const given = settings.value('chi_blow') as number | 'auto';
  const chi = given === 'auto' ? given : limitChi(given);
  if (chi !== given) settings.warn(`chi_blow = ${given} is limited to ${chi}, as in the original (0.5..2)`);
  const gate = settings.text('blowout.gate_mode');
  if (gate !== 'none' && !settings.legacy) {
    settings.refuseValue(
      'blowout.gate_mode',
      'it lessens the mass that the original books as blown out, not the mass that leaves, so that no budget closes; use none, or radiation.tau_gate to hold blow-out back',
    );
  }
  return {
    enabled,
    chi,
    partialBin: settings.text('blowout.partial_bin'),
    ...(settings.text('blowout.target_phase') === 'any' && phased && { anyPhase: true as const }),
    ...(enabled &&
      settings.flag('radiation.tau_gate.enable') && {
        tauGate: settings.number('radiation.tau_gate.tau_max'),
      }),
  };
}
