import { hasReference, legacyCases } from '../../validation/legacy/cases.js';
import { compareCase } from '../../validation/legacy/compare.js';

const withReference = hasReference() ? describe : describe.skip;

withReference('runs of the original program (../shared/reference/legacy)', () => {
  test.each(legacyCases.map((each) => [each.name, each] as const))('%s', async (_, each) => {
    const compared = await compareCase(each);
    const wrong = compared.filter(({ kept }) => !kept);
    expect(
      wrong.map(({ table, column, relative, remark }) => `${table}.${column} ${relative} ${remark}`),
    ).toEqual([]);
  });
});
