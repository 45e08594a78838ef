import { diskParams } from '../params.js';
import type { Case } from './cases.js';

/** A case by name. */
export type Known = readonly [string, Case];

/** Cases that have found a defect once. @param other for what does not matter */
export function known(other: Case): Known[] {
  return [
    [
      'a part is lost of a run that ends where it begins',
      {
        ...other,
        params: diskParams({ tau0: 5, stops: { tau: 1.3 } }),
        cut: { kind: 'last step' },
        resume: 'parts lost',
      },
    ],
  ];
}
