import fs from 'node:fs';
import { ApplicationFailure } from '@temporalio/activity';
import type { RunSpec } from '../config/runSpec.js';
import type { Model } from '../sim/model.js';
import { modelNamed } from '../sim/models.js';
import { DamagedData } from '../store/error.js';
import { layoutOf, type RunLayout } from '../store/layout.js';
import { readSpec } from '../store/specs.js';

/** A run as the activities see it: its folder, specification and model. */
export interface RunFolder {
  readonly layout: RunLayout;
  readonly spec: RunSpec;
  // biome-ignore lint/suspicious/noExplicitAny: the machinery knows no model's types
  readonly model: Model<any, any>;
  // biome-ignore lint/suspicious/noExplicitAny: checked by the model's schema
  readonly params: any;
}

/**
 * @throws ApplicationFailure of type `SpecMissing` when the folder holds no such specification: the workflow, which has it in its
 * history, publishes it again.
 */
export function openRunFolder(outdir: string, specHash: string): RunFolder {
  const layout = layoutOf(outdir);
  const spec = readSpec(layout, specHash);
  if (spec === null) {
    throw ApplicationFailure.nonRetryable(
      `${layout.specs} holds no specification ${specHash}; workers on several machines must share this folder`,
      'SpecMissing',
    );
  }
  const model = modelNamed(spec.model);
  return { layout, spec, model, params: model.params.parse(spec.params) };
}

/**
 * @throws ApplicationFailure of type `SpecMissing` when the folder of the parts is gone: it comes back with the specification. An attempt
 * that comes late must not bring it back itself.
 */
export function requireParts(layout: RunLayout): void {
  if (fs.existsSync(layout.parts)) return;
  throw ApplicationFailure.nonRetryable(`${layout.parts} is missing`, 'SpecMissing');
}

/** Damage is reported to the user at once; every other fault of the store (full disk, lost mount) is tried again. */
export async function failingLoudly<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DamagedData) throw ApplicationFailure.nonRetryable(error.message, 'DamagedData');
    throw error;
  }
}
