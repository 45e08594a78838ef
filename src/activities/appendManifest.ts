import { layoutOf } from '../store/layout.js';
import * as store from '../store/manifest.js';
import type { ManifestRef, ManifestRequest } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { failingLoudly, requireParts } from './runFolder.js';

/** Finished segments with the states in front of them. */
export function recordsOf(
  segments: ManifestRequest['segments'],
  startStates: readonly Uint8Array[],
): store.SegmentRecord[] {
  return segments.map((segment, i) => ({
    ...segment,
    startState: Buffer.from(startStates[i]!).toString('base64'),
  }));
}

/** Moves what the history knows of finished segments into a durable file, so that the history stays small. */
export function appendManifestWith(dependencies: Dependencies) {
  return async function appendManifest(
    request: ManifestRequest,
    ...startStates: Uint8Array[]
  ): Promise<ManifestRef> {
    dependencies.onEvent('manifest-started', { segments: request.segments.length });
    const segments = recordsOf(request.segments, startStates);
    const layout = layoutOf(request.outdir);
    requireParts(layout);
    const manifest = await failingLoudly(() =>
      store.appendManifest(layout.manifests, request.previous, segments),
    );
    dependencies.onEvent('manifest-written', { ...manifest });
    return manifest;
  };
}
