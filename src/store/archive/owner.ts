/** Whose archive a place holds. Two runs are never mixed: what belongs to another one, or to nobody knows whom, is refused. */
import { sha256 } from '../durable.js';
import type { ArchiveManifest } from './manifestFile.js';
import { incompleteName } from './markers.js';
import { type ObjectStore, readText } from './objectStore.js';
import { ArchiveRefused } from './refused.js';
import type { ArchiveUnit } from './unit.js';

interface Owner {
  readonly identity: string;
  readonly runId: string | null;
}

/** What the marker of an attempt says in the archive. */
export interface Claim extends Owner {
  /** Tells attempts apart. */
  readonly attempt: string;
  /** Folder that is copied. */
  readonly root: string;
}

/** @throws ArchiveRefused unless the place is free or holds this very run or batch */
export async function requireOwn(
  store: ObjectStore,
  unit: ArchiveUnit,
  manifest: ArchiveManifest | null,
): Promise<void> {
  const owner = await ownerOf(store, unit, manifest);
  if (owner === null || (owner.identity === unit.identity && owner.runId === unit.runId)) return;
  const whose = owner.identity === '' ? 'other files' : `another run (${nameOf(owner)})`;
  throw new ArchiveRefused(
    `${store.place} holds ${whose}, not ${nameOf(unit)}; move that away, give another archive folder, or rename ${unit.folder}`,
  );
}

function nameOf({ runId, identity }: Owner): string {
  return runId === null ? `identity ${identity.slice(0, 12)}` : `${runId}, identity ${identity.slice(0, 12)}`;
}

async function ownerOf(
  store: ObjectStore,
  unit: ArchiveUnit,
  manifest: ArchiveManifest | null,
): Promise<Owner | null> {
  if (manifest?.identity !== undefined) return { identity: manifest.identity, runId: manifest.run_id };
  const claim = await readClaim(store);
  if (claim !== null) return claim;
  return unit.kind === 'batch' ? batchIn(store) : runIn(store);
}

/** The claim of the attempt that is on its way, or was left in the middle; null: none, or one of the original program. */
export async function readClaim(store: ObjectStore): Promise<Claim | null> {
  const text = await readText(store, incompleteName);
  try {
    const claim = JSON.parse(text ?? 'null') as Claim | null;
    return typeof claim?.identity === 'string' ? claim : null;
  } catch {
    return null;
  }
}

/** The cases of a batch lie below it and may have come first. */
async function batchIn(store: ObjectStore): Promise<Owner | null> {
  for (const name of ['checks/sweep.json', 'checks/expected_sweep_list.txt']) {
    const text = await readText(store, name);
    if (text !== null) return { identity: sha256(text), runId: null };
  }
  return null;
}

async function runIn(store: ObjectStore): Promise<Owner | null> {
  const config = await readText(store, 'run_config.json');
  if (config !== null) {
    const runId = await readText(store, 'run_id');
    return { identity: identityIn(config), runId: runId?.trim() ?? null };
  }
  const left = (await store.list()).filter((name) => name !== incompleteName);
  return left.length === 0 ? null : { identity: '', runId: null };
}

function identityIn(config: string): string {
  try {
    return (JSON.parse(config) as { identity?: string }).identity ?? sha256(config);
  } catch {
    return sha256(config);
  }
}
