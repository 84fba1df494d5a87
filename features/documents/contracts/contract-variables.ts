/** What a wording of a contract may use, with what it means and an example for the preview. */
export const contractVariables = {
  'organisation.name': { means: 'Your organisation', example: 'Long Players Ltd' },
  'party.name': { means: 'The contact whom the contract is with', example: 'Great Hall Company' },
  'party.role': { means: 'Their role', example: 'promoter' },
  'party.email': { means: 'Their e-mail address', example: 'office@greathall.example' },
  'party.phone': { means: 'Their telephone number', example: '+49 40 123456' },
  'engagement.title': { means: 'What it is for', example: 'The Long Players, club show' },
  'engagement.series': { means: 'The tour, season or project that it belongs to', example: 'Spring tour' },
  'engagement.date': { means: 'Its day, or first and last day', example: 'Saturday 2 May 2026' },
  'engagement.starts': { means: 'When it begins, by the clock of the place', example: '19:30' },
  'engagement.ends': { means: 'When it ends', example: '22:00' },
  'engagement.zone': { means: 'The time zone', example: 'Berlin' },
  'engagement.place': { means: 'Where it is', example: 'Great Hall' },
  'engagement.address': { means: 'The address of the place', example: '1 Main Street, Hamburg' },
  'engagement.value': { means: 'What it is worth, as the engagement has it', example: '€2,500.00' },
  schedule: {
    means: 'The schedule, a line each',
    example: 'Sat 2 May 14:00–16:00  Load-in\nSat 2 May 19:30–22:00  Show',
  },
  today: { means: 'The day on which the contract is made', example: 'Monday 2 February 2026' },
} as const;

export type ContractVariable = keyof typeof contractVariables;

export const variableNames: readonly string[] = Object.keys(contractVariables);

/** A contract is whole without these. */
export const optionalVariables: readonly string[] = ['schedule', 'engagement.series'] satisfies ContractVariable[];

/** For the preview. */
export const exampleValues: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(contractVariables).map(([name, { example }]) => [name, example]),
);

/** What a variable means, by its name. */
export function meaningOf(name: string): string {
  return Object.entries(contractVariables).find(([each]) => each === name)?.[1].means ?? name;
}
