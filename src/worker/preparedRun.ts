import { type RunFolder, RunFolders } from '../store/runFolder.js';
import { SegmentFailure } from './segmentFailure.js';

/** The run whose segment was computed last in this thread: its next one needs the same coefficient tables. */
const folders = new RunFolders(1);

/** @throws SegmentFailure of the name `SpecMissing` when the folder holds no such specification */
export function preparedRun(outdir: string, specHash: string): RunFolder {
  const folder = folders.read(outdir, specHash);
  if (folder === null) throw new SegmentFailure('SpecMissing', `no specification ${specHash} in ${outdir}`);
  return folder;
}
