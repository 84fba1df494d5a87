import type { DetailKind } from '../contract.ts';

export const kindLabels: Readonly<Record<DetailKind, string>> = {
  line: 'One line',
  text: 'Text',
  number: 'Number',
  choice: 'Choice',
  date: 'Date',
  yes_no: 'Yes or no',
};
