import { stringify } from 'yaml';
import { keyNamed } from './keys/index.js';
import type { RunSpec } from './runSpec.js';

function inline(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, blockQuote: false }).trimEnd();
}

function lines(
  branch: Readonly<Record<string, unknown>>,
  path: readonly string[],
  origins: RunSpec['origins'],
): string[] {
  const indent = '  '.repeat(path.length);
  return Object.entries(branch).flatMap(([part, value]) => {
    const inner = [...path, part];
    const origin = origins[inner.join('.')];
    if (origin === undefined) {
      return [`${indent}${part}:`, ...lines(value as Record<string, unknown>, inner, origins)];
    }
    const unit = keyNamed.get(inner.join('.'))?.unit ?? '';
    return [`${indent}${part}: ${inline(value)} # ${unit === '' ? '' : `${unit}, `}${origin}`];
  });
}

/** The resolved configuration as YAML that can be run again; each value has its unit and origin behind it. */
export function shownAsYaml(spec: RunSpec): string {
  const head = [
    `# ${spec.title}: identity ${spec.identity}`,
    ...spec.warnings.map((warning) => `# warning: ${warning}`),
  ];
  return `${[...head, ...lines(spec.configuration, [], spec.origins)].join('\n')}\n`;
}
