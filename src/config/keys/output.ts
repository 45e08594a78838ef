import { z } from 'zod';
import { active, behind, dead, type Key, refused, within } from './key.js';
import { choice, duration, flag, integer, nonNegative, positive, text } from './types.js';

const cadence = z.union([
  duration,
  z
    .string()
    .regex(/^log:[1-9]\d*$/)
    .meta({ title: '"log:N" (N rows per decade of time)' }),
  z.array(duration).min(1),
]);

const rows: Key[] = [
  active(
    'outdir',
    text.nullable(),
    null,
    'Output folder, relative to the current folder; null: out/<name of the configuration>.',
    'outdir',
  ),
  active(
    'output_every',
    cadence.nullable(),
    null,
    'Rows of series/run.parquet: a duration, log:N, or a list of times. null: every accepted step, thinned by series_stride.',
    'params.output.every',
    { unit: 's' },
  ),
  active(
    'output_mode',
    choice('dense', 'land'),
    'dense',
    'dense interpolates and leaves the steps alone; land steps exactly onto each row (for comparison with reference values).',
    'params.output.mode',
  ),
  active('series_stride', integer(1), 1, 'Every k-th accepted step becomes a row.', 'params.output.every', {
    unit: 'steps',
  }),
  active(
    'psd_history',
    flag,
    true,
    'Size distribution over time, series/psd_hist.parquet.',
    'params.output.sizeHistoryStride',
  ),
  active(
    'psd_history_stride',
    integer(1),
    1,
    'Every k-th row of run.parquet has a row in psd_hist.parquet.',
    'params.output.sizeHistoryStride',
    { unit: 'rows' },
  ),
  active(
    'diagnostics_stride',
    integer(1).nullable(),
    null,
    'Every k-th row of run.parquet has a row in series/diagnostics.parquet; null: no such table with numerics.solver resolved.',
    'params.output.diagnosticsStride',
    { unit: 'rows' },
  ),
  active(
    'original_names',
    flag,
    false,
    'Writes into run.parquet also the names under which files of the original repeat a column (docs/reference/columns.md).',
    'params.output.originalNames',
  ),
  active(
    'figures',
    flag,
    true,
    'Draws plots/overview.png and .svg at the end, and writes run_card.md: what ran and what came out, for people.',
    'figures',
  ),
];

const archive: Key[] = within('archive', [
  active(
    'enabled',
    flag,
    false,
    'Copies the finished run to an archive, verifies the copy, and removes what keep_local does not name. The environment variable IO_ARCHIVE (on, off) wins over the file.',
    'archive',
  ),
  active(
    'dir',
    text.nullable(),
    null,
    'The archive: a folder that exists, relative to the current folder, or s3://bucket/prefix.',
    'archive.dir',
  ),
  active(
    'mode',
    choice('copy', 'move'),
    'copy',
    'move demands that local files go once the copy is verified (keep_local metadata or none); copy leaves that to keep_local.',
    'archive.keepLocal',
  ),
  active(
    'trigger',
    choice('post_merge', 'post_finalize'),
    'post_merge',
    'post_merge: the run archives itself once everything is merged, checked and summarised. post_finalize: a hook or `marsdisk archive` does. The default differs from the original (post_finalize).',
    'archive.trigger',
  ),
  active(
    'merge_target',
    choice('local', 'external'),
    'local',
    'external: the merged series stay in the archive alone, and parts go only when the archived files are verified. The default differs from the original (external).',
    'archive.mergeTarget',
  ),
  active(
    'verify',
    flag,
    true,
    'Reads the copy back. false only where nothing is removed here.',
    'archive.verifyLevel',
  ),
  active(
    'verify_level',
    choice('standard', 'standard_plus', 'strict'),
    'standard_plus',
    'standard: every file there with its size, summary and configuration read back. standard_plus: all small files read back, rows of the tables counted, their first and last row groups read. strict: every byte read back, every row group read. Copies of files that go here are read back whole at every level.',
    'archive.verifyLevel',
  ),
  active(
    'keep_local',
    choice('none', 'metadata', 'all'),
    'metadata',
    'What stays here behind a verified copy: nothing but a pointer, the small files (summary, configuration, checks), or all.',
    'archive.keepLocal',
  ),
  active(
    'record_volume_info',
    flag,
    true,
    'Records in the archive which disk it was written to.',
    'archive.recordVolume',
  ),
  active(
    'warn_slow_mb_s',
    nonNegative,
    40,
    'Warns when the archive takes less than this.',
    'archive.warnSlow',
    {
      unit: 'MB/s',
    },
  ),
  active('warn_slow_min_gb', nonNegative, 5, 'But not about less than this.', 'archive.warnSlowFrom', {
    unit: 'GB',
  }),
  active(
    'min_free_gb',
    nonNegative.nullable(),
    null,
    'Room that must be left on the disk of the archive.',
    'archive.minFree',
    { unit: 'GB' },
  ),
]);

const streamed = 'every run streams its rows to disk in bounded memory';
const unwritten = 'set it to false: this output does not exist yet';

const files: Key[] = [
  dead('mass_budget_cells', flag, 'belongs to the 1D driver'),
  dead('record_storage_mode', text, streamed, ['row']),
  dead('columnar_records', flag.nullable(), streamed, [null]),
  dead('quiet', flag, 'use --quiet', [false]),
  dead('debug_sinks', flag, 'there is no trace of the sinks', [false]),
  dead('progress.enable', flag, 'progress is shown unless --quiet is given', [true, false]),
  dead('progress.refresh_seconds', positive, 'progress is shown unless --quiet is given'),
  refused('step_diagnostics.enable', flag, [false], 'Extra table of step diagnostics.', unwritten),
  ...behind('io.step_diagnostics.enable', [
    ['step_diagnostics.format', text, 'csv'],
    ['step_diagnostics.path', text.nullable(), null],
  ]),
  refused(
    'correct_fast_blowout',
    flag,
    [false],
    'Corrects recorded fluxes of long steps.',
    'set it to false: the fluxes are exact rates here',
  ),
  refused(
    'substep_fast_blowout',
    flag,
    [false],
    'Sub-steps of the deprecated surface solver.',
    'set it to false',
  ),
  ...behind('io.substep_fast_blowout', [['substep_max_ratio', positive, 1]]),
  dead('streaming.enable', flag, streamed, [true]),
  dead('streaming.opt_out', flag, streamed, [false]),
  active(
    'streaming.memory_limit_gb',
    positive.nullable(),
    null,
    'Memory of the rows that wait to be written to the part of their segment; null: 64 MiB. execution.memory_limit is about the whole run.',
    'streaming.memoryLimit',
    { unit: 'GiB' },
  ),
  active(
    'streaming.step_flush_interval',
    integer(0).nullable(),
    null,
    'Rows of a table that are written to the part together; null or 0: 256.',
    'streaming.flushRows',
    { unit: 'rows' },
  ),
  dead('streaming.compression', text, 'series files are compressed with snappy', ['snappy']),
  active(
    'streaming.merge_at_end',
    flag,
    true,
    'Merges the parts into the series when the last segment is done. false: ends with verified parts; the same command with true merges them.',
    'streaming.merge',
  ),
  active(
    'streaming.cleanup_chunks',
    flag,
    true,
    'Removes the parts behind a verified merge.',
    'streaming.removeParts',
  ),
  dead('streaming.offload.enabled', flag, 'without effect in the original too', [false]),
  ...(['dir', 'keep_last_n', 'mode', 'verify', 'skip_if_same_device'] as const).map((name) =>
    dead(`streaming.offload.${name}`, z.unknown(), 'without effect in the original too'),
  ),
  ...archive,
];

const diagnostics: Key[] = within('diagnostics', [
  refused('extended_diagnostics.enable', flag, [false], 'Extra columns.', unwritten),
  ...behind('diagnostics.extended_diagnostics.enable', [
    ['extended_diagnostics.schema_version', text, 'extended-minimal-v1'],
  ]),
  active(
    'energy_bookkeeping.enabled',
    flag,
    false,
    'Energy of collisions, what of it is dissipated and what fragments keep: series/energy.parquet, checks/energy_budget.csv. Observes; the run takes the same steps.',
    'params.energy',
  ),
  dead('energy_bookkeeping.stream', flag, streamed, [true]),
]);

/** Rows, files and diagnostics. */
export const outputKeys: readonly Key[] = [
  ...within('io', [...rows, ...files]),
  ...diagnostics,
  refused(
    'tables',
    z.unknown(),
    [null, {}],
    'Table paths of an older format.',
    'use radiation.qpr_table_path',
  ),
];
