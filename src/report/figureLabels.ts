import type { Conserved, Figure } from '../sim/model.js';
import { formatNumber } from './format.js';

/** How a watched number is called in running text and on the narrow progress line. */
interface Label {
  readonly text: string;
  readonly short: string;
  readonly digits: number;
}

/** Names that more than one model or table uses; a figure that is not listed appears under its own name. */
const labels: Readonly<Record<string, Label>> = {
  T_M: { text: 'Mars temperature', short: 'T_M', digits: 4 },
  T_M_used: { text: 'Mars temperature', short: 'T_M', digits: 4 },
  Sigma_surf: { text: 'Surface density', short: 'Sigma', digits: 4 },
  tau: { text: 'Optical depth, all grains', short: 'tau', digits: 4 },
  tau_bound: { text: 'Optical depth, bound grains', short: 'tau_bound', digits: 4 },
  a_blow: { text: 'Blow-out size', short: 'a_blow', digits: 4 },
  s_blow: { text: 'Blow-out size', short: 's_blow', digits: 4 },
  M_loss_cum: { text: 'Mass lost, total', short: 'M_loss', digits: 5 },
  M_loss: { text: 'Mass lost, total', short: 'M_loss', digits: 5 },
  covered_fraction: { text: 'Time covered by the state / clock', short: 'covered', digits: 3 },
  mass_error: { text: 'Relative mass error', short: 'mass error', digits: 2 },
};

/** Units as the tables spell them -> as text shows them. */
const unitText: Readonly<Record<string, string>> = { M_Mars: 'M_Mars', 'kg m-2': 'kg/m2' };

export function labelOf(name: string): Label {
  return labels[name] ?? { text: name, short: name, digits: 4 };
}

/** Value and unit: `0.2328 kg/m2`. */
export function figureText(figure: Figure): string {
  const value = formatNumber(figure.value, labelOf(figure.name).digits);
  const unit = unitText[figure.unit] ?? figure.unit;
  return unit === '' || figure.value === null ? value : `${value} ${unit}`;
}

/** The figures without the current mass error when the largest one so far is shown beside them. */
export function withoutDoubled(
  figures: readonly Figure[],
  conserved: readonly Conserved[],
): readonly Figure[] {
  return conserved.length === 0 ? figures : figures.filter((figure) => figure.name !== 'mass_error');
}
