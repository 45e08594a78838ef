import path from 'node:path';
import type { Column } from '../sim/model.js';
import type { QprGrid } from '../sim/optics/qprGrid.js';
import { makeFolder } from './folders.js';
import { OutputFile } from './outputFile.js';
import { columnMetadata, openTable } from './tableFile.js';

const columns: readonly Column[] = [
  {
    name: 'T_K',
    type: 'float64',
    unit: 'K',
    meaning: 'Temperature of Mars, of whose spectrum the mean is taken',
  },
  { name: 's_m', type: 'float64', unit: 'm', meaning: 'Grain radius' },
  { name: 'Q_pr', type: 'float64', unit: '', meaning: 'Planck-mean radiation-pressure efficiency' },
];

/**
 * Writes a table of radiation-pressure efficiencies as CSV or Parquet, whichever the ending says; what it is stands in comment lines (CSV)
 * or in the key-value metadata (Parquet). No clock, no host: the same table has the same bytes.
 *
 * @param values row-major: values[iT * sizes.length + iS]
 * @returns SHA-256 of the file
 */
export function writeQprFile(
  file: string,
  grid: QprGrid,
  values: Float64Array,
  provenance: Readonly<Record<string, string>>,
): string {
  const rows = values.length;
  const sizes = grid.sizes.length;
  const T = Float64Array.from({ length: rows }, (_, p) => grid.temperatures[Math.floor(p / sizes)]!);
  const s = Float64Array.from({ length: rows }, (_, p) => grid.sizes[p % sizes]!);
  const folder = path.dirname(path.resolve(file));
  makeFolder(folder);
  const output = OutputFile.create(folder);
  try {
    const said = Object.entries(provenance);
    if (file.endsWith('.csv')) {
      output.write(Buffer.from(said.map(([key, value]) => `# ${key}: ${value}\n`).join('')));
    }
    const metadata = Object.entries({ ...columnMetadata(columns), ...provenance });
    const table = { name: 'qpr', file, columns, footer: {} };
    const writer = openTable(
      output,
      table,
      metadata.map(([key, value]) => ({ key, value })),
    );
    writer.writeGroup([T, s, values], rows);
    writer.finish();
    const { sha256 } = output.seal();
    output.publish(path.basename(file));
    return sha256;
  } finally {
    output.discard();
  }
}
