import { resolve } from 'node:path';
import { quick } from './loading.js';

const checkpoints = async (...overrides: string[]) =>
  (await quick(...overrides.map((one) => `numerics.checkpoint.${one}`), 'io.outdir=out/x')).checkpoints;
const warnings = async (...overrides: string[]) => (await quick(...overrides)).warnings;

describe('numerics.checkpoint', () => {
  it('is off, binary, and keeps three unless told otherwise', async () => {
    expect(await checkpoints()).toEqual({
      enabled: false,
      folder: resolve('out/x/checkpoints'),
      format: 'binary',
      keepLast: 3,
    });
  });

  it('follows the keys', async () => {
    const set = await checkpoints('enabled=true', 'format=json', 'keep_last_n=0', 'path=kept');
    expect(set).toEqual({ enabled: true, folder: resolve('out/x/kept'), format: 'json', keepLast: 0 });
  });

  it.each([
    ['kept/here', 'out/x/kept/here'],
    ['"{outdir}/kept"', 'out/x/kept'],
    ['"{outdir}"', 'out/x'],
    [resolve('out/x/kept'), 'out/x/kept'],
    ['a/../kept', 'out/x/kept'],
    ['..kept', 'out/x/..kept'],
  ])('path %s lies inside the output folder', async (path, folder) => {
    expect((await checkpoints(`path=${path}`)).folder).toBe(resolve(folder));
  });

  it('writes binary for pickle, and says so', async () => {
    expect((await checkpoints('format=pickle')).format).toBe('binary');
    expect(await warnings('numerics.checkpoint.format=pickle')).toEqual([
      expect.stringMatching(/"pickle": checkpoints are written as binary/),
    ]);
    expect(await warnings('numerics.checkpoint.format=json', 'numerics.checkpoint.enabled=true')).toEqual([]);
  });
});

describe('numerics.resume', () => {
  const resume = async (...overrides: string[]) => (await quick('io.outdir=out/x', ...overrides)).resume;

  it('is off; without a file it takes the newest', async () => {
    expect(await resume()).toEqual({ enabled: false, from: null });
    expect(await resume('numerics.resume.enabled=true')).toEqual({ enabled: true, from: null });
  });

  it('finds the file beside the configuration, or in the output folder', async () => {
    const from = async (path: string) =>
      (await resume('numerics.resume.enabled=true', `numerics.resume.from_path=${path}`)).from;
    expect(await from('a.bin')).toBe(resolve('configs/a.bin'));
    expect(await from('"{outdir}/a.bin"')).toBe(resolve('out/x/a.bin'));
  });

  it('says that a file without enabled: true does nothing', async () => {
    expect(await warnings('numerics.resume.from_path=a.bin')).toEqual([
      expect.stringMatching(/from_path = "a\.bin" has no effect while numerics\.resume\.enabled is false/),
    ]);
  });
});
