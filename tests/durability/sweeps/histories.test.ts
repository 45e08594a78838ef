/** What a case costs the server: the events of its history, and what its list shows nevertheless. */
import { beforeAll, expect, it } from '@jest/globals';
import { searchAttributeNames as names } from '../../../src/workflows/messages.js';
import { batchOf, idIn, sweepFile } from './batches.js';
import { traced } from './events.js';
import { sharedServer } from './server.js';

const { folder, home, withClient } = sharedServer();
const title = 'T3000';

beforeAll(async () => {
  const parts = { axes: { T: [4000, 3000] }, overrides: { 'execution.segment_max_steps': 100_000 } };
  expect(await traced(home, ['sweep', sweepFile(folder, parts)]).ended).toMatchObject({ code: 0 });
});

it('one activity and one change of what the list shows', async () => {
  const { events } = await withClient((client) =>
    client.workflow.getHandle(idIn(batchOf(folder), title)).fetchHistory(),
  );
  const numberOf = (kind: 'activityTaskScheduled' | 'upsertWorkflowSearchAttributes') =>
    events!.filter((event) => event[`${kind}EventAttributes`] != null).length;
  expect(numberOf('activityTaskScheduled')).toBe(1);
  expect(numberOf('upsertWorkflowSearchAttributes')).toBe(1);
  expect(events!.length).toBeLessThan(18);
});

it('the list filters cases by phase, progress, model, identity and values', async () => {
  const { searchAttributes } = await withClient((client) =>
    client.workflow.getHandle(idIn(batchOf(folder), title)).describe(),
  );
  expect(searchAttributes).toMatchObject({
    [names.phase]: ['complete'],
    [names.progress]: [1],
    [names.model]: ['mars-disk'],
    [names.identity]: [expect.stringMatching(/^[0-9a-f]{64}$/)],
    [names.case]: ['T=3000'],
  });
});
