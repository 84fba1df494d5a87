import type { PayTerms } from '../terms.ts';

export interface TermsPartProps {
  terms: PayTerms;
  currency: string;
  onTerms: (terms: PayTerms) => void;
}

/** While a box holds no number, the terms hold NaN, which they are then refused for. */
export const numberOr = (value: number | null) => value ?? Number.NaN;
export const shownNumber = (value: number) => (Number.isNaN(value) ? null : value);
