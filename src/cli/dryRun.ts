/** `marsdisk run --dry-run`: what the run would take, on standard output. */
import path from 'node:path';
import type { RunSpec } from '../config/runSpec.js';
import { planText } from '../report/planText.js';
import { measuredStep, planOf } from './plan.js';

export function printPlan(spec: RunSpec, { json }: { readonly json: boolean }): void {
  const plan = planOf(spec, { secondsPerStep: measuredStep(spec), joinFor: 0 });
  process.stdout.write(
    json
      ? `${JSON.stringify({ schema: 1, title: spec.title, identity: spec.identity, outdir: spec.outdir, plan }, null, 2)}\n`
      : planText(spec.title, path.relative('.', spec.outdir) || '.', plan),
  );
}
