import { dirname, relative, resolve } from 'node:path';
import type { CheckpointFiles, Resume } from './runSpec.js';
import type { Settings } from './settings.js';

const pathKey = 'numerics.checkpoint.path';
const formatKey = 'numerics.checkpoint.format';

/** @param outdir absolute */
export function checkpointFiles(settings: Settings, outdir: string): CheckpointFiles {
  const format = settings.text<'binary' | 'json' | 'pickle'>(formatKey);
  if (format === 'pickle') {
    settings.warn(
      `${formatKey} = "pickle": checkpoints are written as binary; loading a pickle would run code`,
    );
  }
  return {
    enabled: settings.flag('numerics.checkpoint.enabled'),
    folder: folderOf(settings, outdir),
    format: format === 'json' ? 'json' : 'binary',
    keepLast: settings.maybeNumber('numerics.checkpoint.keep_last_n')!,
  };
}

/** Folder of the checkpoint files of a run: numerics.checkpoint.path, or `checkpoints` in the output folder. */
export function checkpointFolder(outdir: string, path: string | null): string {
  return path === null
    ? resolve(outdir, 'checkpoints')
    : resolve(outdir, path.replaceAll('{outdir}', outdir));
}

function folderOf(settings: Settings, outdir: string): string {
  const path = settings.maybeText(pathKey);
  const folder = checkpointFolder(outdir, path);
  const inside = relative(outdir, folder).split(/[/\\]/);
  if (inside[0] === '..' || resolve(outdir, ...inside) !== folder) {
    settings.refuseValue(
      pathKey,
      `leads to ${folder}, out of the output folder ${outdir}; give a folder inside it`,
    );
  } else if (inside[0] === 'series') {
    settings.refuseValue(
      pathKey,
      'series/ belongs to the tables, and parts of it are removed at the end; give another folder',
    );
  }
  return folder;
}

/** @param file the configuration, whose folder relative paths start at */
export function resumeOf(settings: Settings, file: string, outdir: string): Resume {
  const enabled = settings.flag('numerics.resume.enabled');
  const from = settings.maybeText('numerics.resume.from_path');
  if (from !== null && !enabled) {
    settings.warn(
      `numerics.resume.from_path = ${JSON.stringify(from)} has no effect while numerics.resume.enabled is false`,
    );
  }
  return {
    enabled,
    from: from === null ? null : resolve(dirname(resolve(file)), from.replaceAll('{outdir}', outdir)),
  };
}
