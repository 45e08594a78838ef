import fs from 'node:fs';
import path from 'node:path';
import { isInside } from '../checkpoints/confined.js';

/** Which disk a folder lies on, as far as the system says. */
export function volumeOf(folder: string): Readonly<Record<string, unknown>> {
  const real = fs.realpathSync(folder);
  const { blocks, bsize } = fs.statfsSync(real);
  return { ...mountOf(real), device_number: fs.statSync(real).dev, bytes: blocks * bsize };
}

/** Only Linux has a list of mounts. */
function mountOf(folder: string): { device?: string; mount?: string; file_system?: string } {
  if (!fs.existsSync('/proc/self/mounts')) return {};
  const mounts = fs
    .readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ').map((word) => word.replaceAll('\\040', ' ')))
    .filter(([, mount]) => mount !== undefined && isInside(mount, path.resolve(folder)))
    .sort(([, a], [, b]) => b!.length - a!.length);
  const [device, mount, type] = mounts[0] ?? [];
  return { ...(device && { device }), ...(mount && { mount }), ...(type && { file_system: type }) };
}
