/**
 * The general error codes and their HTTP status. Features add theirs in `contract.errors`.
 * Every error leaves as an RFC 9457 problem document with `code`.
 */
export const generalErrors = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  second_factor_needed: 403,
  second_factor_required: 403,
  step_up_required: 403,
  organisation_suspended: 403,
  not_found: 404,
  version_conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  idempotency_key_reused: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<string, number>;

export type GeneralErrorCode = keyof typeof generalErrors;

export interface FieldProblem {
  /** Dotted path of the input, `claims.0.endsAt`. */
  field: string;
  message: string;
}

export interface ErrorDetails {
  /** One sentence for the person who reads it: what is wrong and what to do. */
  message?: string;
  fields?: FieldProblem[];
  /** More members of the problem document, by the code's contract (`conflicts`, `theirs`). */
  extra?: Record<string, unknown>;
  cause?: unknown;
}

/** The only error that features throw. `code` must be a general one or declared in a contract. */
export class AppError extends Error {
  readonly code: string;
  readonly details: ErrorDetails;
  constructor(code: string, details: ErrorDetails = {}) {
    super(details.message ?? code, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** The thing with this id isn't there, or isn't the asker's: the two must look the same. */
export function notFound(what = 'This'): AppError {
  return new AppError('not_found', { message: `${what} was not found.` });
}

export function invalid(field: string, message: string): AppError {
  return new AppError('invalid_input', { message, fields: [{ field, message }] });
}
