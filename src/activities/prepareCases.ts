import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { RunHead, RunSpec } from '../config/runSpec.js';
import { batchLayout } from '../store/batch/batchLayout.js';
import { readCaseStatus } from '../store/batch/caseStatus.js';
import { type BatchDefinition, specOfCase } from '../store/batch/definition.js';
import { DamagedData } from '../store/error.js';
import { layoutOf, type RunLayout } from '../store/layout.js';
import { recordStart } from '../store/runConfig.js';
import { readOrCreateRunId, readRunId } from '../store/runId.js';
import { hasOwnParts } from '../store/runState.js';
import { publishSpec } from '../store/specs.js';
import { pack } from '../workflows/envelope.js';
import { definitionOf } from './batchFolder.js';
import { beatingWhile } from './beating.js';
import { behindCase, type WholeCaseEnd } from './behindCase.js';
import { caseEnd } from './caseEnd.js';
import type { EndedCase, PreparedCase, PrepareRequest, ReadyCase, WhichCases } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { isLossless, type Losses, lossesOf, mendRun } from './mending.js';
import { failingLoudly } from './runFolder.js';
import { booksOf, type History, historyOf } from './runHistory.js';

/**
 * Finds out what is to be done for cases of a batch, from their folders and from what the server knows of them, and makes the folders of
 * those that shall begin. Nothing that is there is computed again, and nothing is begun at zero over data.
 */
export function prepareCasesWith(dependencies: Dependencies) {
  return async function prepareCases(request: PrepareRequest): Promise<Uint8Array> {
    const layout = batchLayout(request.outdir);
    const definition = await failingLoudly(() => definitionOf(layout));
    const recorded = await failingLoudly(() => readCaseStatus(layout) ?? []);
    const ends = new Map(recorded.map((row) => [row.title, row]));
    const blobs: Uint8Array[] = [];
    const prepared: PreparedCase[] = [];
    for (const index of request.cases) {
      Context.current().heartbeat();
      const spec = specOfCase(definition, index, layout);
      const whole = behindCase(definition, ends.get(spec.title), request.which);
      const found = await prepare(dependencies, spec, index, request, whole).catch((error) => {
        if (error instanceof DamagedData)
          return { ended: { index, state: 'lost', reason: error.message } } as const;
        throw error;
      });
      dependencies.onEvent('case-prepared', { index });
      if ('ended' in found) prepared.push(found.ended);
      else {
        blobs.push(...found.blobs);
        prepared.push({ ...found.ready, values: valuesOf(definition, index) });
      }
    }
    return pack(prepared, blobs);
  };
}

type Found =
  | { readonly ended: Exclude<PreparedCase, ReadyCase> }
  | { readonly ready: Omit<ReadyCase, 'values'>; readonly blobs: readonly Uint8Array[] };

async function prepare(
  dependencies: Dependencies,
  spec: RunSpec,
  index: number,
  { which, provenance }: PrepareRequest,
  whole: WholeCaseEnd,
): Promise<Found> {
  const layout = layoutOf(spec.outdir);
  const losses = await lossesOf(spec.outdir, spec.identity);
  const known = losses === null ? readRunId(layout) : wholeRunId(layout);
  if (losses !== null && isLossless(losses)) return { ended: whole(index, known ?? '') };
  const client = await dependencies.client();
  const history: History = known === null ? 'none' : await historyOf(client, known);
  if (known !== null && history === 'running')
    return { ended: { index, state: 'running', workflowId: known } };
  if (losses !== null) {
    const left = await broughtBack(dependencies, spec, index, losses, which);
    return left ?? { ended: whole(index, known ?? '') };
  }
  if (known !== null && history !== 'none') {
    const end = await caseEnd(client, known);
    if (end.state === 'complete')
      return lost(index, 'its workflow is complete, but its summary or series are missing or damaged');
    if (end.state === 'failed' && !which.failed) return { ended: { index, ...end } };
    if (end.state !== 'failed' && !which.missing) return left(index, `it ended as ${end.state}`);
    return again(client, known, spec, index, end);
  }
  if (hasOwnParts(layout))
    return lost(index, `${layout.parts} holds data of a run that the server does not know`);
  const workflowId = readOrCreateRunId(layout, spec.title);
  const other = recordStart(layout, spec, provenance);
  if (other !== null)
    return lost(index, `${layout.outdir} holds another run (identity ${other.slice(0, 12)})`);
  return ready(index, workflowId, spec, { carry: null, restart: null }, [new Uint8Array(0)]);
}

/** Null for an id that is damaged: whoever mends the run writes it again. */
function wholeRunId(layout: RunLayout): string | null {
  try {
    return readRunId(layout);
  } catch (error) {
    if (error instanceof DamagedData) return null;
    throw error;
  }
}

/** A run that has ended gets back what it has lost, and nothing else is computed. @returns null when it is whole again */
async function broughtBack(
  dependencies: Dependencies,
  spec: RunSpec,
  index: number,
  { missing, damage }: Losses,
  which: WhichCases,
): Promise<Found | null> {
  const names = [...missing, ...damage.map(({ file }) => file)].join(', ');
  if (damage.length > 0 ? !which.damaged : !which.missing) {
    return left(index, `${damage.length > 0 ? 'damaged' : 'missing'}: ${names}`);
  }
  const { version } = dependencies;
  const { cancellationSignal: signal } = Context.current();
  await beatingWhile(
    () => ({ mending: spec.outdir }),
    () => mendRun(dependencies, spec.outdir, { spec, version, signal }),
  );
  return null;
}

/** Goes on from the last recorded segment of an execution that has ended. */
async function again(
  client: Client,
  workflowId: string,
  spec: RunSpec,
  index: number,
  end: Pick<EndedCase, 'state'>,
): Promise<Found> {
  const { header, blobs } = await booksOf(client.workflow.getHandle(workflowId));
  if (header.identity !== spec.identity)
    return lost(index, `${workflowId} is a run of another configuration`);
  return ready(index, workflowId, spec, { carry: header.carry, restart: `workflow ${end.state}` }, blobs);
}

/** What a case begins with; its specification is in its folder from here on. */
function ready(
  index: number,
  workflowId: string,
  spec: RunSpec,
  books: Pick<ReadyCase, 'carry' | 'restart'>,
  blobs: readonly Uint8Array[],
): Found {
  const specHash = publishSpec(layoutOf(spec.outdir), spec).sha256;
  return {
    ready: { index, state: 'ready', workflowId, spec: headOf(spec), specHash, ...books, blobs: blobs.length },
    blobs,
  };
}

function lost(index: number, reason: string): Found {
  return { ended: { index, state: 'lost', reason } };
}

function left(index: number, reason: string): Found {
  return { ended: { index, state: 'left', reason } };
}

function headOf({ params, configuration, origins, inputs, warnings, ...head }: RunSpec): RunHead {
  return head;
}

function valuesOf(definition: BatchDefinition, index: number): string[] {
  return Object.entries(definition.cases[index]!.values).map(([name, value]) => `${name}=${value}`);
}
