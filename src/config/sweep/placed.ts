import path from 'node:path';
import type { RunSpec } from '../runSpec.js';

/** The same run with another output folder; paths inside the old one move along. */
export function placedIn(spec: RunSpec, outdir: string): RunSpec {
  const moved = (file: string) => {
    const inside = path.relative(spec.outdir, file);
    const leaves = inside.startsWith('..') || path.isAbsolute(inside);
    return leaves ? file : path.join(outdir, inside);
  };
  const io = { ...(spec.configuration.io as Record<string, unknown> | undefined), outdir };
  return {
    ...spec,
    outdir,
    checkpoints: { ...spec.checkpoints, folder: moved(spec.checkpoints.folder) },
    resume: { ...spec.resume, from: spec.resume.from === null ? null : moved(spec.resume.from) },
    configuration: { ...spec.configuration, io },
  };
}
