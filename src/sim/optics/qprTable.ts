import { forsterite } from './forsterite.js';
import type { OpticalFit } from './material.js';
import type { MaterialName } from './materialNames.js';
import type { SphereOptions } from './planckMean.js';
import { PlanckTable } from './planckTable.js';
import { silica } from './silica.js';

/** Materials whose optical constants the project has. */
export const materials: Readonly<Record<MaterialName, OpticalFit>> = { forsterite, silica };

/** What decides the numbers of a table, its sizes apart. */
export interface QprModel {
  readonly material: MaterialName;
  readonly options: SphereOptions;
  /** K, ascending */
  readonly temperatures: readonly number[];
}

/** Digits of a shipped Q_pr: far more than are right, few enough to be the same on every engine. */
const printedDigits = 7;

/** Computes the sizes of a table one by one; a size costs 0.1 to 1 s. */
export class QprColumns {
  private readonly table: PlanckTable;

  constructor({ material, temperatures, options }: QprModel) {
    this.table = new PlanckTable(materials[material], temperatures, options);
  }

  /** Q_pr of one size (m) at all temperatures, as a table prints it. */
  at(s: number): number[] {
    return Array.from(this.table.means(s), (mean) => Number(mean.toPrecision(printedDigits)));
  }
}
