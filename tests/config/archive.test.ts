import { resolve } from 'node:path';
import { archiveAsked } from '../../src/config/archive.js';
import { loadRunSpec } from '../../src/config/load.js';
import { quick, quickstart, refusal } from './loading.js';

const on = ['io.archive.enabled=true', 'io.archive.dir=/archive'];
const archive = async (...overrides: string[]) =>
  (await quick(...on, ...overrides.map((one) => `io.archive.${one}`), 'io.outdir=out/x')).archive;

describe('io.archive', () => {
  it('is off unless asked for', async () => {
    expect((await quick()).archive).toBeNull();
    expect((await quick('io.archive.dir=/archive')).archive).toBeNull();
  });

  it('verifies, keeps the small files, and is done by the run itself', async () => {
    expect(await archive()).toEqual({
      dir: '/archive',
      trigger: 'post_merge',
      mergeTarget: 'local',
      verifyLevel: 'standard_plus',
      keepLocal: 'metadata',
      recordVolume: true,
      warnSlow: 40e6,
      warnSlowFrom: 5e9,
      minFree: 0,
    });
  });

  it('follows the keys', async () => {
    const asked = await archive(
      'dir=there',
      'merge_target=external',
      'verify_level=strict',
      'keep_local=none',
      'mode=move',
      'record_volume_info=false',
      'warn_slow_mb_s=1',
      'warn_slow_min_gb=2',
      'min_free_gb=3',
    );
    expect(asked).toEqual({
      dir: resolve('there'),
      trigger: 'post_merge',
      mergeTarget: 'external',
      verifyLevel: 'strict',
      keepLocal: 'none',
      recordVolume: false,
      warnSlow: 1e6,
      warnSlowFrom: 2e9,
      minFree: 3e9,
    });
    expect((await archive('dir=s3://bucket/runs/'))!.dir).toBe('s3://bucket/runs');
    expect((await archive('verify=false', 'keep_local=all'))!.verifyLevel).toBeNull();
  });

  it('says that post_finalize leaves it to others', async () => {
    const { warnings } = await quick(...on, 'io.archive.trigger=post_finalize');
    expect(warnings).toEqual([expect.stringMatching(/the run does not archive itself/)]);
  });

  it.each([
    [['io.archive.enabled=true'], /io\.archive\.dir is required/],
    [[...on, 'io.archive.dir=out/x/archive'], /lies in the output folder/],
    [[...on, 'io.archive.dir=out/x'], /lies in the output folder/],
    [[...on, 'io.archive.mode=move', 'io.archive.keep_local=all'], /contradicts io\.archive\.mode = "move"/],
    [[...on, 'io.archive.verify=false'], /an unverified copy is no reason to remove local files/],
    [
      [...on, 'io.archive.verify=false', 'io.archive.keep_local=all', 'io.archive.merge_target=external'],
      /an unverified copy/,
    ],
    [[...on, 'io.archive.verify_level=paranoid'], /io\.archive\.verify_level = "paranoid"/],
  ])('refuses %s', async (overrides, words) => {
    const { message } = await refusal(quick('io.outdir=out/x', ...overrides));
    expect(message).toMatch(words);
  });

  it('is switched by IO_ARCHIVE, over the file and under the command line', async () => {
    const load = (IO_ARCHIVE: string, ...overrides: string[]) =>
      loadRunSpec({
        file: quickstart,
        overrides: ['io.archive.dir=/archive', ...overrides],
        environment: { IO_ARCHIVE },
      });
    for (const word of ['on', '1', 'TRUE', 'enabled']) expect((await load(word)).archive).not.toBeNull();
    for (const word of ['off', '0', 'no', '']) expect((await load(word)).archive).toBeNull();
    expect((await load('on', 'io.archive.enabled=false')).archive).toBeNull();
    expect((await refusal(load('perhaps'))).message).toMatch(/IO_ARCHIVE=perhaps: must be on or off/);
  });

  it('is recorded so that it is found from another folder', async () => {
    const { configuration } = await quick(...on, 'io.archive.dir=there');
    expect(configuration).toMatchObject({ io: { archive: { dir: resolve('there') } } });
  });
});

describe('the archive that a command asks for', () => {
  const stored = { enabled: true, dir: '/archive', keep_local: 'none', min_free_gb: 2 };

  it('is that of the run, overruled by the command line', () => {
    expect(archiveAsked(stored, {})).toMatchObject({ dir: '/archive', keepLocal: 'none', minFree: 2e9 });
    expect(archiveAsked(stored, { dir: '/other', keep_local: 'all' })).toMatchObject({
      dir: '/other',
      keepLocal: 'all',
    });
  });

  it('removes nothing where the run says nothing', () => {
    expect(archiveAsked(undefined, { dir: '/archive' })).toMatchObject({
      keepLocal: 'all',
      mergeTarget: 'local',
    });
    expect(archiveAsked({ ...stored, enabled: false }, { dir: '/archive' })).toMatchObject({
      keepLocal: 'all',
    });
    expect(archiveAsked({ enabled: false, dir: '/archive' }, {})).toMatchObject({
      dir: '/archive',
      keepLocal: 'all',
    });
    expect(archiveAsked({ enabled: false, dir: null }, {})).toBeNull();
  });
});
