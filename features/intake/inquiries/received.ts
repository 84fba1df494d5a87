/** What answers say about the engagement that is wished for; null where the form doesn’t ask. */
export interface Meaning {
  title: string | null;
  /** UTC with milliseconds. */
  startsAt: string | null;
  endsAt: string | null;
  /** IANA name: the chosen place’s, else the organisation’s. */
  zone: string | null;
  placeId: string | null;
  people: number | null;
  budget: { minor: number; currency: string } | null;
  contactName: string | null;
  company: string | null;
  email: string | null;
  phone: string | null;
  message: string | null;
}

/** What came in by a form, all checks passed. */
export interface Received {
  formId: string;
  /** Number of the published revision that was answered; what it asked is read there. */
  revision: number;
  /** By the field’s key; what a condition hides isn’t among them. */
  answers: Readonly<Record<string, unknown>>;
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
