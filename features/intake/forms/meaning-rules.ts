import { addDays, fromWallClock } from '#platform/time/wall-clock.ts';
import { answerOf } from './answer-rules.ts';
import type { Amount, AnswerValue, Answers, FieldMeaning, FormField, Meaning, WallTimes } from './field-rules.ts';

/**
 * What answers that passed every check say about the engagement that is wished for.
 * @param zone of the chosen place, else of the organisation
 */
export function meaningOf(fields: readonly FormField[], answers: Readonly<Answers>, zone: string): Meaning {
  const value = (meaning: FieldMeaning): AnswerValue | undefined => {
    const field = fields.find((each) => each.meaning === meaning);
    return field && answerOf(answers, field.key);
  };
  const words = (meaning: FieldMeaning) => {
    const said = value(meaning);
    return typeof said === 'string' ? said : null;
  };
  const people = value('people');
  const budget = value('budget');
  const span = spanOf(value('times'), zone);
  return {
    title: words('title'),
    startsAt: span?.startsAt ?? null,
    endsAt: span?.endsAt ?? null,
    zone: span ? zone : null,
    placeId: words('place'),
    people: typeof people === 'number' ? people : null,
    budget: isAmount(budget) ? budget : null,
    contactName: words('contact_name'),
    company: words('company'),
    email: words('email'),
    phone: words('phone'),
    message: words('message'),
  };
}

/** A day is meant whole. Null also where the clocks go forward over the whole of it: then only the answer tells. */
function spanOf(value: AnswerValue | undefined, zone: string): { startsAt: string; endsAt: string } | null {
  const wall = typeof value === 'string' ? { from: `${value}T00:00`, to: `${addDays(value, 1)}T00:00` } : value;
  if (!isTimes(wall)) return null;
  const [startsAt, endsAt] = [wall.from, wall.to].map((each) => {
    const [date = '', time = ''] = each.split('T');
    return fromWallClock({ date, time }, zone);
  });
  return startsAt && endsAt && startsAt < endsAt ? { startsAt, endsAt } : null;
}

export function isTimes(value: AnswerValue | undefined): value is WallTimes {
  return typeof value === 'object' && 'from' in value;
}

export function isAmount(value: AnswerValue | undefined): value is Amount {
  return typeof value === 'object' && 'minor' in value;
}
