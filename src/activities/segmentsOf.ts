import type { RunLayout } from '../store/layout.js';
import { readManifest, type SegmentRecord } from '../store/manifest.js';
import type { FinishRequest } from './contract.js';

/** Every segment of a finished computation, in order. @throws DamagedData as `readManifest` */
export async function segmentsOf(
  { manifest }: FinishRequest,
  layout: RunLayout,
): Promise<readonly SegmentRecord[]> {
  return 'file' in manifest ? readManifest(layout.manifests, manifest) : manifest;
}
