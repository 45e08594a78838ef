/** Going on where the history of a run is lost, with the parts that are still in its folder. */
import path from 'node:path';
import type { ManifestRef } from '../activities/contract.js';
import type { RunSpec } from '../config/runSpec.js';
import { sha256 } from '../store/durable.js';
import { layoutOf } from '../store/layout.js';
import { appendManifest } from '../store/manifest.js';
import { type Salvaged, salvage, salvageTo } from '../store/salvage.js';
import { stateOf } from '../store/states.js';
import { CommandError, exitCode } from './exit.js';

/** The segments in front of the place where a run goes on. */
export interface EarlierSegments {
  readonly manifest: ManifestRef;
  /** Rows of the run up to here, per table. */
  readonly rows: readonly number[];
}

/** Writes the books of the segments in front of this state; null when their parts are not whole, or not there. */
export function earlierSegments(spec: RunSpec, state: Uint8Array): EarlierSegments | null {
  const layout = layoutOf(spec.outdir);
  const found = salvageTo(layout, spec.identity, sha256(state));
  if (found === null) return null;
  return { manifest: appendManifest(layout.manifests, null, found.segments), rows: found.rows };
}

/** The furthest part that a run can go on from: `--resume-from` takes it like a checkpoint. */
export function furthestPart(spec: RunSpec): { file: string; salvaged: Salvaged } | null {
  const layout = layoutOf(spec.outdir);
  const salvaged = salvage(layout, spec.identity);
  if (salvaged === null) return null;
  return { file: path.join(layout.parts, salvaged.segments.at(-1)!.parts.at(-1)!.file), salvaged };
}

/**
 * The state behind a part.
 * @throws CommandError when it is not whole, not of this run, or something in front of it is missing
 */
export function stateBehind(spec: RunSpec, file: string): { state: Uint8Array; salvaged: Salvaged } {
  const layout = layoutOf(spec.outdir);
  const furthest = furthestPart(spec);
  if (furthest === null || furthest.salvaged.state === null || path.resolve(file) !== furthest.file) {
    const offer = furthest === null ? 'none' : furthest.file;
    throw new CommandError(
      `${file}: no run can go on from this part. It must be the furthest one in ${layout.parts} that is whole, of this configuration, and has every part in front of it (here: ${offer}).`,
      exitCode.usage,
    );
  }
  return { state: stateOf(layout, furthest.salvaged.state), salvaged: furthest.salvaged };
}
