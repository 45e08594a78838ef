/** The list of a batch's cases for people, and for tools of the original program: `checks/expected_sweep_list.txt`. */
import { keyOfAxis, standardAxes } from '../../config/sweep/axisNames.js';
import type { AxisValue, SweepCase, SweepSpec } from '../../config/sweep/sweepSpec.js';
import { valueText } from '../../config/sweep/titles.js';

const columns = [...standardAxes.keys()];
/** The original's lines have at least three columns. */
const leastColumns = 3;

/**
 * A line for each case: T EPS TAU [I0 [MU]], and behind `#` its title and the values that the columns do not show. Columns that no axis
 * varies hold the value of the configuration, `nan` where it has none.
 */
export function expectedListText(sweep: SweepSpec): string {
  const used = sweep.cases.flatMap(({ values }) => Object.keys(values));
  const last = Math.max(...used.map((axis) => columns.indexOf(axis)));
  const shown = columns.slice(0, Math.max(last + 1, leastColumns));
  const head = [
    `# ${sweep.tag}: ${sweep.cases.length} cases, identity ${sweep.identity}`,
    `# ${shown.join(' ').toUpperCase()} # title=FOLDER [KEY=VALUE ...]`,
  ];
  const lines = sweep.cases.map((one) => {
    const cells = shown.map((axis) => cellOf(one, axis));
    const others = Object.entries(one.values)
      .filter(([axis]) => !shown.includes(axis))
      .map(([axis, value]) => `${axis}=${JSON.stringify(value)}`);
    return `${cells.join(' ')} # ${[`title=${one.title}`, ...others].join(' ')}`;
  });
  return `${[...head, ...lines].join('\n')}\n`;
}

function cellOf({ values, spec }: SweepCase, axis: string): string {
  const value = axis in values ? values[axis]! : configured(spec.configuration, keyOfAxis(axis));
  return typeof value === 'number' ? valueText(axis, value) : 'nan';
}

function configured(configuration: Readonly<Record<string, unknown>>, key: string): AxisValue {
  const value = key
    .split('.')
    .reduce<unknown>(
      (branch, part) => (branch as Record<string, unknown> | undefined)?.[part],
      configuration,
    );
  return (value ?? null) as AxisValue;
}
