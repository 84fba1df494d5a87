import type { Answers, Meaning } from '#features/intake/forms/field-rules.ts';

/** What came in by a form, all checks passed. */
export interface Received {
  formId: string;
  /** Number of the published revision that was answered; what it asked is read there. */
  revision: number;
  /** By the field’s key; what a condition hides isn’t among them. */
  answers: Answers;
  meaning: Meaning;
  source: 'form';
  /** It looks like spam: kept apart, and no mail goes to whoever it names. */
  suspected: boolean;
  /** Uploads of the applicant. */
  fileIds: readonly string[];
}

/** What became of it. */
export interface ReceivedInquiry {
  id: string;
  /** Below the origin: the applicant’s page. */
  statusPath: string;
}
