import { expect, test } from 'vitest';
import { builtInContracts } from '#features/documents/contracts/templates/built-in-rules.ts';
import { builtInTemplates as checklists } from '#features/engagements/advance/templates/built-in-rules.ts';
import { builtInFields } from '#features/engagements/details/built-in-rules.ts';
import { groupKeys, groupNames } from '#features/engagements/people/group-words.ts';
import { builtInTemplates as taskLists } from '#features/engagements/tasks/templates/built-in-rules.ts';
import { builtInSchedules } from '#features/engagements/timeline/templates/built-in-rules.ts';
import { formTemplatesFor } from '#features/intake/forms/templates/built-in-rules.ts';
import { packNames } from '#features/organisations/packs/pack.ts';

/** Each trade begins with something of everything; what each of them holds is tested where it stands. */
test.each(packNames)('%s: whole', (pack) => {
  const own = (all: readonly { pack: string; name: string }[]) => all.filter((one) => one.pack === pack);
  expect(own(taskLists).length).toBeGreaterThanOrEqual(2);
  expect(own(builtInSchedules).length).toBeGreaterThanOrEqual(2);
  expect(own(checklists).length).toBeGreaterThanOrEqual(1);
  expect(own(builtInContracts).length).toBeGreaterThanOrEqual(1);
  expect(formTemplatesFor([pack])[0]?.pack).toBe(pack);
  expect(builtInFields[pack].length).toBeGreaterThanOrEqual(6);
  expect(new Set(groupKeys.map((key) => groupNames(pack)[key])).size).toBe(groupKeys.length);
});
