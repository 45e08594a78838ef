import { stefanBoltzmann } from '../../src/sim/mars/constants.js';
import { coolingOf } from '../../src/sim/mars/cooling.js';
import { expectRelative } from './expectRelative.js';

/** D rho c_p dT/dt = -sigma T^4: a layer that radiates from its surface. */
test('the slab law is the energy balance of its layer', () => {
  const [layer, density, heatCapacity] = [1e5, 3000, 1000];
  const cooling = coolingOf({ kind: 'slab', start: 4000, layer, density, heatCapacity });
  for (const t of [0, 1e7, 1e9]) {
    const h = 1e-4 * (t + 1e5);
    const cooled = -(cooling.at(t + h) - cooling.at(t - h)) / (2 * h);
    expectRelative(layer * density * heatCapacity * cooled, stefanBoltzmann * cooling.at(t) ** 4, 1e-6);
  }
});
