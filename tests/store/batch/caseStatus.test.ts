import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { batchLayout } from '../../../src/store/batch/batchLayout.js';
import { type CaseStatus, readCaseStatus, writeCaseStatus } from '../../../src/store/batch/caseStatus.js';
import { csvLine, parseCsvCells } from '../../../src/store/csvCells.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-status-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const layout = batchLayout(path.join(folder, 'batch'));

it('every table of texts reads back as it was written', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[",\n\r a]{0,6}$/),
    fc.constantFrom('\uFEFF', '', 'ü'),
  );
  const line = fc.array(cell, { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      expect(parseCsvCells(`a,b\n${lines.map(csvLine).join('')}`)).toEqual([['a', 'b'], ...lines]);
    }),
  );
});

it('reads the line ends of other programs, and a last line without one', () => {
  expect(parseCsvCells('\uFEFFa,b\r\n"1",2\r\n\r\n3,')).toEqual([
    ['a', 'b'],
    ['1', '2'],
    ['3', ''],
  ]);
  expect(() => parseCsvCells('a,b\n1,"2')).toThrow('line 2');
  expect(() => parseCsvCells('a,b\n1,2"3\n')).toThrow('line 2');
});

const rows: CaseStatus[] = [
  { title: 'T4000_eps0p5', state: 'complete', reason: null },
  { title: 'T5000', state: 'failed', reason: 'PhysicsError: "sizes", see\nline 2' },
  { title: 'T6000', state: 'lost', reason: 'terminated' },
];

it('the ends of the cases read back; a batch without the file has none', () => {
  expect(readCaseStatus(layout)).toBeNull();
  writeCaseStatus(layout, rows);
  expect(readCaseStatus(layout)).toEqual(rows);
  writeCaseStatus(layout, rows.slice(1));
  expect(readCaseStatus(layout)).toEqual(rows.slice(1));
});

it.each([
  ['another header', 'a,b,c\n', /does not begin with title,state,reason/],
  ['a state that does not exist', 'title,state,reason\nx,done,\n', /row 2: .*"done"/],
  ['a line that is cut off', 'title,state,reason\nx,failed,"because', /line 2/],
  ['a missing cell', 'title,state,reason\nx,failed\n', /row 2/],
])('says what is wrong with %s', (_, text, message) => {
  fs.writeFileSync(layout.caseStatus, text);
  expect(() => readCaseStatus(layout)).toThrow(message);
});
