import path from 'node:path';

/** Absolute paths of the files and folders of one run (design.md section 8). */
export interface RunLayout {
  readonly outdir: string;
  readonly runConfig: string;
  readonly summary: string;
  /** The run in words. */
  readonly runCard: string;
  readonly runId: string;
  readonly series: string;
  /** Part files while the run goes on; vanishes with everything below it after a verified merge. */
  readonly parts: string;
  readonly manifests: string;
  /** Recovery files of the running segment. */
  readonly recovery: string;
  /** States too large for the history. Outside of `parts`, because the summary needs the last one when they are gone. */
  readonly states: string;
  readonly specs: string;
  readonly checks: string;
  readonly plots: string;
  /** Record of the merge: rows, sizes and hashes of the merged files. Outside of `parts`, which it outlives. */
  readonly merged: string;
  /** What it takes to compute a lost file of the finished run again (store/kept.ts). */
  readonly kept: string;
  /** Run in a run: where lost files are computed again, while that goes on. */
  readonly mending: string;
}

/** @param outdir output folder of the run; relative paths start at the working directory. */
export function layoutOf(outdir: string): RunLayout {
  const root = path.resolve(outdir);
  const parts = path.join(root, 'series', 'parts');
  return {
    outdir: root,
    runConfig: path.join(root, 'run_config.json'),
    summary: path.join(root, 'summary.json'),
    runCard: path.join(root, 'run_card.md'),
    runId: path.join(root, 'run_id'),
    series: path.join(root, 'series'),
    parts,
    manifests: path.join(parts, 'manifest'),
    recovery: path.join(parts, 'recovery'),
    states: path.join(root, 'series', 'states'),
    specs: path.join(parts, 'spec'),
    checks: path.join(root, 'checks'),
    plots: path.join(root, 'plots'),
    merged: path.join(root, 'checks', 'merged.json'),
    kept: path.join(root, 'checks', 'segments.json'),
    mending: path.join(root, '.mending'),
  };
}
