import fs from 'node:fs';
import path from 'node:path';
import type { RunSpec } from '../../src/config/runSpec.js';
import { writeJson } from '../../src/store/documents.js';
import { sha256 } from '../../src/store/durable.js';
import type { RunLayout } from '../../src/store/layout.js';
import { appendManifest, readManifest } from '../../src/store/manifest.js';
import { mergeSeries, removeParts, verifiedMerge } from '../../src/store/merge.js';
import { readOrCreateRunId } from '../../src/store/runId.js';
import { publishSpec } from '../../src/store/specs.js';
import { budgetTable, runTable, writeSegments } from './sample.js';

const identity = sha256('whole life');
const tables = [runTable, budgetTable];

/** Everything that a run writes, in the order in which it writes it; may be cut off anywhere and called again. */
export async function wholeLife(layout: RunLayout): Promise<void> {
  readOrCreateRunId(layout, 'life');
  if ((await verifiedMerge(layout, identity)) === null) {
    publishSpec(layout, { title: 'life' } as RunSpec);
    const segments = writeSegments(layout, tables, 40, [25], 10);
    const first = appendManifest(layout.manifests, null, segments.slice(0, 1));
    const last = appendManifest(layout.manifests, first, segments.slice(1));
    await mergeSeries({ layout, tables, segments: await readManifest(layout.manifests, last), identity });
  }
  writeJson(layout.summary, { identity, rows: 40 });
  await removeParts(layout);
}

/** Content of every file that has its name, by path below the outdir; temporary files are no results. */
export function namedFiles(layout: RunLayout): Map<string, string> {
  const names = fs.readdirSync(layout.outdir, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter(
    (name) =>
      !path.basename(name).startsWith('.tmp-') && fs.statSync(path.join(layout.outdir, name)).isFile(),
  );
  return new Map(files.map((name) => [name, fs.readFileSync(path.join(layout.outdir, name), 'latin1')]));
}

/** Hashes of the files that a finished run leaves, without its random id. */
export function results(layout: RunLayout): Record<string, string> {
  const files = [...namedFiles(layout)].filter(([name]) => name !== 'run_id');
  return Object.fromEntries(files.map(([name, content]) => [name, sha256(Buffer.from(content, 'latin1'))]));
}

/** Says which file has its name without being what the name promises, or null. `finished` are the results of a quiet run. */
export function wrongFile(layout: RunLayout, finished: Record<string, string>): string | null {
  for (const [name, content] of namedFiles(layout)) {
    const hash = sha256(Buffer.from(content, 'latin1'));
    const right =
      finished[name] === hash ||
      (name === 'run_id' && /^life-[a-z2-7]{10}\n$/.test(content)) ||
      (name.startsWith(path.join('series', 'parts')) && name.includes(hash.slice(0, 16)));
    if (!right) return `${name} holds ${content.length} bytes: ${content.slice(0, 60)}`;
  }
  return null;
}
