import { loadRunSpec } from '../../src/config/load.js';
import { runCard } from '../../src/report/runCard.js';

describe('run card', () => {
  it('says what was chosen, what came out, and where it is', async () => {
    const spec = await loadRunSpec({
      file: 'configs/quickstart.yml',
      overrides: ['radiation.Q_pr=1', 'numerics.rtol=1e-7'],
    });
    const card = runCard({
      spec,
      version: '9.9',
      results: { M_loss: 1.25e-7, stop_reason: 't_end', early_stop_time_s: null, unknown: 3 },
      meanings: {
        M_loss: { unit: 'M_Mars', meaning: 'mass lost' },
        stop_reason: { unit: '', meaning: 'why the run ended' },
        early_stop_time_s: { unit: 's', meaning: 'when it ended | before' },
        absent: { unit: '', meaning: 'nothing' },
      },
      notes: ['thick'],
      files: [{ path: 'series/run.parquet', rows: 1540 }],
    });
    expect(card).toContain(`# quickstart\n\nmars-disk, marsdisk 9.9, identity \`${spec.identity}\`.`);
    expect(card).toContain('| `numerics.rtol` | 1e-7 |  | command line |');
    expect(card).not.toMatch(/`numerics.eta`|io.outdir|checkpoint/);
    expect(card).toContain('| mass lost | 1.25e-7 | M_Mars | `M_loss` |');
    expect(card).toContain('| when it ended \\| before | none | s | `early_stop_time_s` |');
    expect(card).not.toMatch(/absent|unknown/);
    expect(card).toContain('- thick');
    expect(card).toContain('- `series/run.parquet`: 1,540 rows');
  });
});
