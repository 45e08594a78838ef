import { resolve, sep } from 'node:path';
import { keyNamed } from './keys/index.js';
import type { Archive } from './runSpec.js';
import type { Settings } from './settings.js';

const prefix = 'io.archive';
const gigabyte = 1e9;

/** Where an archive lies: an S3 bucket as it stands, a folder as an absolute path. */
export function archivePlace(dir: string): string {
  return /^s3:\/\//i.test(dir) ? dir.replace(/\/+$/, '') : resolve(dir);
}

/**
 * What io.archive asks for; null when it is off.
 * @param outdir absolute
 */
export function archiveOf(settings: Settings, outdir: string): Archive | null {
  if (!settings.flag(`${prefix}.enabled`)) return null;
  if (settings.maybeText(`${prefix}.dir`) === null) {
    settings.refuse(`${prefix}.dir`, `${prefix}.dir is required while ${prefix}.enabled is true`);
  }
  const archive = archiveFrom((name) => settings.value(`${prefix}.${name}`));
  refuseContradictions(settings, archive);
  if (archive.dir === outdir || archive.dir.startsWith(`${outdir}${sep}`)) {
    settings.refuseValue(`${prefix}.dir`, `lies in the output folder ${outdir}; give a folder outside of it`);
  }
  if (archive.trigger === 'post_finalize') {
    settings.warn(
      `${prefix}.trigger = "post_finalize": the run does not archive itself; a hook or \`marsdisk archive\` does`,
    );
  }
  return archive;
}

/** @param value of a key of io.archive, by its name there */
function archiveFrom(value: (name: string) => unknown): Archive {
  return {
    dir: archivePlace((value('dir') as string | null) ?? '.'),
    trigger: value('trigger') as Archive['trigger'],
    mergeTarget: value('merge_target') as Archive['mergeTarget'],
    verifyLevel: value('verify') === false ? null : (value('verify_level') as Archive['verifyLevel']),
    keepLocal: value('keep_local') as Archive['keepLocal'],
    recordVolume: value('record_volume_info') === true,
    warnSlow: (value('warn_slow_mb_s') as number) * 1e6,
    warnSlowFrom: (value('warn_slow_min_gb') as number) * gigabyte,
    minFree: ((value('min_free_gb') as number | null) ?? 0) * gigabyte,
  };
}

type Values = Readonly<Record<string, unknown>>;

/**
 * How a command archives a run: as its configuration says, and where that says nothing, so that nothing is removed.
 * @param stored io.archive of the run's own configuration, if it has one
 * @param asked on the command line, by the names of the keys
 * @returns null when nobody says where to
 */
export function archiveAsked(stored: Values | undefined, asked: Values): Archive | null {
  const own: Values = stored?.enabled === true ? stored : { dir: stored?.dir, keep_local: 'all' };
  const archive = archiveFrom(
    (name) => asked[name] ?? own[name] ?? keyNamed.get(`${prefix}.${name}`)!.default,
  );
  return (asked.dir ?? own.dir) == null ? null : archive;
}

/** Nothing is removed here before its copy has been verified. */
function refuseContradictions(settings: Settings, { keepLocal, verifyLevel, mergeTarget }: Archive): void {
  const moves = settings.text(`${prefix}.mode`) === 'move';
  if (moves && keepLocal === 'all') {
    settings.refuseValue(`${prefix}.keep_local`, `contradicts ${prefix}.mode = "move"; use metadata or none`);
  }
  if (verifyLevel === null && (keepLocal !== 'all' || mergeTarget === 'external')) {
    settings.refuseValue(
      `${prefix}.verify`,
      'an unverified copy is no reason to remove local files; use true, or keep_local: all with merge_target: local',
    );
  }
}
