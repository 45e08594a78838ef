/** Writes `summary.parquet` of a batch: a row for each case. */
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { KeyValue, SchemaElement } from 'hyparquet';
import { ParquetWriter } from 'hyparquet-writer';
import { type BatchCases, casesOfBatch } from '../batch/batchCases.js';
import type { BatchLayout } from '../batch/batchLayout.js';
import { readCaseStatus } from '../batch/caseStatus.js';
import { OutputFile } from '../outputFile.js';
import { OutputSink } from '../parquetTable.js';
import { tableMetadata } from '../tableFile.js';
import { rowOf, type SummaryState } from './caseRow.js';
import { type Kind, type SummaryColumn, SummaryTable } from './columns.js';
import { meaningsFor } from './meanings.js';

export interface SweepSummary {
  readonly rows: number;
  readonly counts: Readonly<Record<SummaryState, number>>;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Reads the results of every case and replaces `summary.parquet`. The same cases give the same bytes. Memory: a few kilobytes for each
 * case.
 * @param target `summary.parquet` of the batch, unless it is wanted elsewhere
 * @throws DamagedData when the definition of the batch or the record of its ends cannot be read; what is wrong with a case stands in its row
 */
export function writeSweepSummary(layout: BatchLayout, target = layout.summary): Promise<SweepSummary> {
  return writeSummaryOf(layout, casesOfBatch(layout), target);
}

/** What `writeSweepSummary` would write, without writing it. @throws as that */
export function wantedSummary(layout: BatchLayout): Promise<SweepSummary> {
  return writeSummaryOf(layout, casesOfBatch(layout), null);
}

/**
 * The same for any cases whose folders lie side by side, into any file.
 * @param layout of the folder above those of the cases
 * @param target null: nothing stays
 */
export async function writeSummaryOf(
  layout: BatchLayout,
  { identity, model, cases }: BatchCases,
  target: string | null,
): Promise<SweepSummary> {
  const ends = new Map((readCaseStatus(layout) ?? []).map((end) => [end.title, end]));
  const table = new SummaryTable();
  const counts = { complete: 0, failed: 0, cancelled: 0, lost: 0, missing: 0 };
  for (const one of cases) {
    const row = rowOf(layout, one, ends.get(one.title) ?? null);
    counts[row.state] += 1;
    table.add(row);
    await setImmediate(); // whoever writes must heartbeat meanwhile
  }
  const columns = table.columns(meaningsFor(model));
  const metadata = tableMetadata(
    { name: 'summary', columns, footer: {} },
    { identity: identity ?? '', ...(model === null ? {} : { model }) },
  );
  return { rows: table.rows, counts, ...writeTable(target, columns, table.rows, metadata) };
}

function writeTable(
  target: string | null,
  columns: readonly SummaryColumn[],
  rows: number,
  kvMetadata: KeyValue[],
): { bytes: number; sha256: string } {
  const output = OutputFile.create(target === null ? tmpdir() : path.dirname(target));
  try {
    const parquet = new ParquetWriter({
      writer: new OutputSink(output),
      schema: [{ name: 'root', num_children: columns.length }, ...columns.map(schemaOf)],
      codec: 'SNAPPY',
      kvMetadata,
      createdBy: 'marsdisk',
    });
    const columnData = columns.map(({ name, cells }) => ({
      name,
      data: [...cells],
      encoding: 'PLAIN' as const,
    }));
    // Nothing is pending behind a synchronous sink.
    if (rows > 0) void parquet.write({ columnData, rowGroupSize: rows });
    void parquet.finish();
    const sealed = output.seal();
    if (target !== null) output.publish(path.basename(target));
    return sealed;
  } finally {
    output.discard();
  }
}

const types: Readonly<Record<Kind, Pick<SchemaElement, 'type' | 'converted_type'>>> = {
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
};

function schemaOf({ name, kind }: SummaryColumn): SchemaElement {
  return { name, repetition_type: 'OPTIONAL', ...types[kind] };
}
