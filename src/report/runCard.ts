import { keyNamed } from '../config/keys/index.js';
import type { RunSpec } from '../config/runSpec.js';
import type { Meaning } from '../sim/model.js';
import { formatCount, formatNumber } from './format.js';

/** What a run card says. */
export interface RunCard {
  readonly spec: Pick<RunSpec, 'title' | 'model' | 'identity' | 'configuration' | 'origins' | 'warnings'>;
  readonly version: string;
  readonly results: Readonly<Record<string, unknown>>;
  readonly meanings: Readonly<Record<string, Meaning>>;
  /** Remarks of the model about the run. */
  readonly notes: readonly string[];
  readonly files: readonly { readonly path: string; readonly rows: number }[];
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;

function valueAt(configuration: RunSpec['configuration'], name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>((branch, part) => (branch as Record<string, unknown> | null)?.[part], configuration);
}

/** What somebody or chance has decided of the physics; the rest are defaults, or places and habits. */
function settings({ configuration, origins }: RunCard['spec']): string[] {
  const decides = (name: string) => keyNamed.get(name)?.becomes.startsWith('params') ?? false;
  const chosen = Object.entries(origins).filter(([name, origin]) => origin !== 'default' && decides(name));
  const lines = chosen.map(([name, origin]) =>
    row(`\`${name}\``, JSON.stringify(valueAt(configuration, name)), keyNamed.get(name)?.unit ?? '', origin),
  );
  return [row('key', 'value', 'unit', 'from'), '|---|---|---|---|', ...lines];
}

function shown(value: unknown): string {
  if (value === null) return 'none';
  return typeof value === 'number' ? formatNumber(value, 6) : String(value);
}

function results({ results, meanings }: RunCard): string[] {
  const lines = Object.entries(meanings)
    .filter(([name]) => results[name] !== undefined)
    .map(([name, { unit, meaning }]) => row(meaning, shown(results[name]), unit, `\`${name}\``));
  return [row('result', 'value', 'unit', 'in summary.json'), '|---|---|---|---|', ...lines];
}

/**
 * run_card.md: what ran and what came out, for people. Markdown; free of clocks and hosts, so that the same run has the same card.
 */
export function runCard(card: RunCard): string {
  const { spec, version, notes, files } = card;
  const remarks = [...spec.warnings, ...notes].map((note) => `- ${note}`);
  const blocks = [
    `# ${spec.title}`,
    `${spec.model}, marsdisk ${version}, identity \`${spec.identity}\`.`,
    '## What ran',
    'Values that decide results and are not defaults; `run_config.json` has all.',
    settings(spec).join('\n'),
    '## What came out',
    results(card).join('\n'),
    ...(remarks.length > 0 ? ['## Remarks', remarks.join('\n')] : []),
    '## Files',
    files.map(({ path, rows }) => `- \`${path}\`: ${formatCount(rows)} rows`).join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}
