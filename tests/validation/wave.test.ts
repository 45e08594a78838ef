import { hardCut } from '../../validation/systems/hardCut.js';

/**
 * With the disk's own outcomes grains are also eroded by projectiles far below X_c, which fills the valleys of the wave above a hard cut.
 * Fits over the middle half; coarser bins, and outcomes of all or nothing, stand in docs/validation.md.
 */
test('outcomes of the disk, 20 bins per decade: slope 3.4944, wave of 0.1726 dex', () => {
  const found = hardCut(20, false).fit(2, 6);
  expect(Math.abs(found.slope - 3.4944)).toBeLessThan(1e-3);
  expect(Math.abs(found.wave - 0.1726)).toBeLessThan(1e-3);
});
