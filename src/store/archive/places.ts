import fs from 'node:fs';
import path from 'node:path';
import { isBatch } from '../batch/batchLayout.js';
import { isInside } from '../checkpoints/confined.js';
import { ArchiveRefused } from './refused.js';
import type { ArchiveUnit } from './unit.js';

/**
 * An archive must not lie in what it archives, nor may a copy land on its original; links are followed to see it.
 * @param dir folder of the archive, or s3://bucket/prefix
 * @throws ArchiveRefused
 */
export function requireApart(unit: ArchiveUnit, dir: string): void {
  if (/^s3:\/\//i.test(dir)) return;
  const archive = real(dir);
  const own = real(unit.folder);
  const target = path.join(archive, ...unit.name.split('/'));
  const batch = path.dirname(own);
  const around = unit.kind === 'run' && isBatch(batch) ? batch : own;
  if (isInside(around, archive)) {
    throw new ArchiveRefused(
      `the archive ${dir} lies in ${around}, which it shall hold; choose a folder outside of it`,
    );
  }
  if (isInside(own, target) || isInside(target, own)) {
    throw new ArchiveRefused(
      `the copy of ${unit.folder} would be ${target}, which is the same folder; choose another archive`,
    );
  }
}

/** Where a path really is, as far as it exists. */
function real(name: string): string {
  const at = path.resolve(name);
  if (fs.existsSync(at)) return fs.realpathSync(at);
  return path.join(real(path.dirname(at)), path.basename(at));
}
