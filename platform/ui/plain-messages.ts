import * as z from 'zod';

/** What a schema says where it has no words of its own: what must be entered, not what a parser expected. */
function plainMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null || issue.input === ''
        ? 'Must not be empty.'
        : `Must be ${kinds[issue.expected] ?? 'something else'}.`;
    case 'too_small':
      return issue.origin === 'string'
        ? `Must have at least ${issue.minimum} characters.`
        : issue.origin === 'array'
          ? `Choose at least ${issue.minimum}.`
          : `Must be at least ${issue.minimum}.`;
    case 'too_big':
      return issue.origin === 'string'
        ? `Must have at most ${issue.maximum} characters.`
        : issue.origin === 'array'
          ? `At most ${issue.maximum} can be given.`
          : `Must be at most ${issue.maximum}.`;
    case 'invalid_value':
      return 'Choose one of the options.';
    case 'invalid_format':
      return 'This isn’t written as it must be.';
    default:
      return undefined;
  }
}

const kinds: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'yes or no',
  array: 'a list',
};

/** Makes schemas speak plainly in forms. Messages that a schema gives itself stay. */
export function speakPlainly(): void {
  z.config({ customError: plainMessage });
}
