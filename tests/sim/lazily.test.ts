import { lazily } from '../../src/sim/lazily.js';

test('made when it is first asked for, once', () => {
  let made = 0;
  const value = lazily(() => {
    made += 1;
    return null;
  });
  expect(made).toBe(0);
  expect([value(), value()]).toEqual([null, null]);
  expect(made).toBe(1);
});
