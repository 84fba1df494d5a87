import { describe, expect, test } from 'vitest';
import { packNames } from '#features/organisations/packs/pack.ts';
import { draftFaults } from '../draft-rules.ts';
import { decidingTypes } from '../answer-rules.ts';
import { form } from '../contract.ts';
import { formTemplate, formTemplatesFor } from './built-in-rules.ts';
import { templateKeys } from './template.ts';

test('every trade has a form to begin with, its own first', () => {
  for (const pack of packNames) expect(formTemplatesFor([pack])[0]?.pack).toBe(pack);
  const several = formTemplatesFor(['venue', 'touring']).map(({ pack }) => pack);
  expect(several.slice(0, 3)).toEqual(['venue', 'touring', 'orchestra']);
  expect(new Set(templateKeys.map((key) => formTemplate(key).slug)).size).toBe(templateKeys.length);
});

describe.each(templateKeys)('%s', (key) => {
  const template = formTemplate(key);

  test('can be published once its places are chosen', () => {
    expect(draftFaults(template.fields).filter(({ what }) => what !== 'placeIds')).toEqual([]);
    expect(
      form.create.safeParse({ ...template, key: undefined, pack: undefined, about: undefined }).error?.issues ?? [],
    ).toSatisfy((issues: { code: string }[]) => issues.every(({ code }) => code === 'unrecognized_keys'));
  });

  test('asks who it is, what it is about, when, for how much, and for consent', () => {
    const meant = template.fields.flatMap(({ meaning }) => meaning ?? []);
    expect(meant).toEqual(
      expect.arrayContaining(['title', 'times', 'budget', 'message', 'contact_name', 'email', 'phone']),
    );
    const consent = template.fields.find(({ type }) => type === 'consent');
    expect(consent?.required).toBe(true);
    expect(template.fields.find(({ meaning }) => meaning === 'email')).toMatchObject({
      required: true,
      shownWhen: null,
    });
    expect(template.fields.some(({ shownWhen }) => shownWhen)).toBe(true);
    expect(template.fields.some(({ type }) => decidingTypes.has(type))).toBe(true);
  });

  test('is written out: title, purpose, welcome, thanks', () => {
    for (const text of [template.title, template.about, template.intro, template.thanks]) {
      expect(text.length).toBeGreaterThan(5);
      expect(text).not.toMatch(/['"]/);
    }
  });
});
