import type { MarsParams } from '../../sim/mars/params.js';
import type { Settings } from '../settings.js';

/** Coefficients by name of the law (physics.md section g). */
const laws = {
  forsterite: {
    alpha_evap: 0.1,
    mu: 0.140694,
    A: 13.809441833,
    B: 28362.904024,
    psat_liquid_switch_K: 2163,
    A_liq: 11.08,
    B_liq: 22409,
  },
} as const;

type Coefficient = keyof (typeof laws)['forsterite'];

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

/** Sublimation law, or null when it is off. */
export function sublimation(settings: Settings): MarsParams['sublimation'] {
  if (!wanted(settings)) return null;
  const law = laws[settings.text<keyof typeof laws>('sublimation.law')];
  const coefficient = (name: Coefficient) => settings.maybeNumber(`sinks.sub_params.${name}`) ?? law[name];
  const named = settings.given('sublimation.law');
  const complete = (['alpha_evap', 'mu', 'A', 'B'] as const).every(
    (name) => settings.maybeNumber(`sinks.sub_params.${name}`) !== null,
  );
  if (!named && !complete) {
    settings.warn(
      'sublimation.law is not given: forsterite fills the coefficients that sinks.sub_params leaves out (the original takes SiO)',
    );
  }
  if (settings.value('sinks.enable_sublimation') === false) {
    settings.warn(
      'sinks.enable_sublimation = false is not used: sinks.mode = sublimation wins, as in the original; set sinks.mode=none',
    );
  }
  return {
    alphaEvap: coefficient('alpha_evap'),
    molarMass: coefficient('mu'),
    A: coefficient('A'),
    B: coefficient('B'),
    liquid: settings.flag('sinks.sub_params.enable_liquid_branch')
      ? { switch: coefficient('psat_liquid_switch_K'), A: coefficient('A_liq'), B: coefficient('B_liq') }
      : null,
    gasPressure: settings.number('sinks.sub_params.P_gas'),
  };
}
