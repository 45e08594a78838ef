import { models } from '../../src/sim/models.js';
import { legacySamples } from './legacySamples.js';
import { modelKit } from './modelKit.js';
import { samples as marsDisk } from './samples.js';
import { signedWalk, signedWalks } from './signedWalk.js';

/** Samples of every model that a run can name. */
const samples: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'mars-disk': marsDisk,
  'mars-legacy': legacySamples,
};

test('every registered model has samples, and so meets the kit', () => {
  expect(Object.keys(samples).sort()).toEqual(models.map(({ name }) => name).sort());
});

for (const model of models) modelKit(model, samples[model.name] ?? {});
modelKit(signedWalk, signedWalks);
