import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { comparedFiles, marsdisk } from './command.js';
import { places, policy, quietRun, run } from './killPlaces.js';

const environment = { MARSDISK_TEST_TRACE: '1' };
const { folder, files } = quietRun();

describe('after SIGKILL of the server alone', () => {
  // Not all in one run: the next kill shall find the server at work, not on its way back.
  it.each([1, 2, 3])(
    'at every third place from number %d on, the command starts it again and finishes by itself',
    async (first) => {
      const chosen = places.filter((_, index) => index % 3 === first - 1);
      const kill = chosen.map((place) => ({ ...place, what: 'server' }) as const);
      const name = `server-${first}`;
      const outdir = path.join(folder, name);
      const home = path.join(folder, `home-${name}`);
      const outcome = await marsdisk(home, [...run, '--outdir', outdir], { kill, policy, environment });
      expect(outcome).toMatchObject({ code: 0 });
      const struck = [...outcome.stderr.matchAll(/^event struck .*"at":"([\w-]+)"/gm)].map(([, at]) => at);
      expect(struck).toEqual(kill.map(({ at }) => at));
      expect(outcome.stderr).not.toMatch(/^event missed/m);
      expect(comparedFiles(outdir)).toEqual(files());
    },
  );
});
