import { readFileSync } from 'node:fs';

/** A CSV file of the reference data by columns of text. */
export class Recorded {
  readonly names: readonly string[];
  readonly rows: number;
  private readonly cells: readonly (readonly string[])[];

  constructor(file: string) {
    const [header, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
    this.names = header!.split(',');
    this.cells = lines.map((line) => line.split(','));
    this.rows = lines.length;
  }

  texts(name: string): string[] {
    const index = this.names.indexOf(name);
    if (index < 0) throw new Error(`no column ${name}`);
    return this.cells.map((row) => row[index]!);
  }

  /** Empty cells become NaN. */
  numbers(name: string): Float64Array {
    return Float64Array.from(this.texts(name), (text) => (text === '' ? Number.NaN : Number(text)));
  }
}
