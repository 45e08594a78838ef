import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { beating, beatingWhile } from '../../src/activities/beating.js';

describe('an activity that takes its time', () => {
  it('tells the server that it lives, and stops doing so at its end', async () => {
    const environment = new MockActivityEnvironment();
    let beats = 0;
    environment.on('heartbeat', () => {
      beats += 1;
    });
    const slowly = beating(async (ms: number) => {
      await pause(ms);
      return ms;
    });
    expect(await environment.run(slowly, 2300)).toBe(2300);
    expect(beats).toBe(2);
    await pause(1200);
    expect(beats).toBe(2);
  });

  it('says how far it is', async () => {
    const environment = new MockActivityEnvironment();
    const said: unknown[] = [];
    environment.on('heartbeat', (details: unknown) => said.push(details));
    await environment.run(() =>
      beatingWhile(
        () => ({ rows: 7 }),
        () => pause(1200),
      ),
    );
    expect(said).toEqual([{ rows: 7 }]);
  });
});
