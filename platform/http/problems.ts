import type { FastifyError } from 'fastify';
import pg from 'pg';
import * as z from 'zod';
import { amountProblem } from '../contract/amount-problems.ts';
import type { ConstraintMeaning, Contract } from '../contract/contract.ts';
import { AppError, type FieldProblem, generalErrors } from '../contract/errors.ts';
import { isUnreachable } from '../db/unreachable.ts';

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  fields?: FieldProblem[];
  [member: string]: unknown;
}

/** The one table of error codes and the one of constraint names, gathered from the contracts. */
export class ProblemTable {
  readonly #statuses = new Map<string, number>(Object.entries(generalErrors));
  readonly #constraints = new Map<string, ConstraintMeaning>();

  /** @throws {Error} when two contracts give one code different statuses, or one constraint two meanings */
  constructor(contracts: readonly Contract[]) {
    for (const { name, errors = {}, constraints = {} } of contracts) {
      for (const [code, status] of Object.entries(errors)) {
        const known = this.#statuses.get(code);
        if (known !== undefined && known !== status) throw new Error(`${name}: error ${code} already means ${known}.`);
        this.#statuses.set(code, status);
      }
      for (const [constraint, meaning] of Object.entries(constraints)) {
        if (this.#constraints.has(constraint))
          throw new Error(`${name}: constraint ${constraint} has a meaning already.`);
        this.#constraints.set(constraint, meaning);
      }
    }
  }

  /** @returns the problem to send, and whether it is our fault and must be logged. */
  problemOf(error: unknown): { problem: Problem; unexpected: boolean } {
    const app = this.#asAppError(error);
    const status = this.#statuses.get(app.code) ?? 500;
    const { message = titles[status] ?? 'Error', fields, extra } = app.details;
    const detail = status === 500 ? 'Something went wrong on our side. Nothing was saved.' : message;
    return {
      problem: {
        type: `urn:holdfast:problem:${app.code}`,
        title: titles[status] ?? 'Error',
        status,
        code: app.code,
        detail,
        ...(fields && { fields }),
        ...extra,
      },
      // A database that is known to be down was logged when it was found.
      unexpected: status >= 500 && (status !== 503 || app.details.cause !== undefined),
    };
  }

  #asAppError(error: unknown): AppError {
    if (error instanceof AppError) {
      return this.#statuses.has(error.code)
        ? error
        : new AppError('internal', { message: `Undeclared code ${error.code}`, cause: error });
    }
    if (error instanceof z.ZodError) return invalidInput(error);
    // Of the control database; withTenant words those of the others.
    if (isUnreachable(error)) return new AppError('unavailable', { message: unreachableMessage, cause: error });
    if (error instanceof pg.DatabaseError) return this.#fromDatabase(error);
    const code = isFastifyError(error) ? fastifyCodes[error.statusCode ?? 500] : undefined;
    if (code) return new AppError(code, { message: (error as Error).message });
    return new AppError('internal', { cause: error });
  }

  #fromDatabase(error: pg.DatabaseError): AppError {
    const meaning = this.#constraints.get(error.constraint ?? '');
    if (meaning) {
      const { code, message, field } = meaning;
      return new AppError(code, { message, cause: error, ...(field && { fields: [{ field, message }] }) });
    }
    // A duplicate primary key: the id that the client made is taken.
    if (error.code === '23505' && error.constraint?.endsWith('_pkey')) {
      return new AppError('invalid_input', {
        message: 'A record with this id exists already.',
        fields: [{ field: 'id', message: 'Choose another id.' }],
        cause: error,
      });
    }
    // Values that no schema refused and no column takes: data exceptions, checks without a meaning of their own.
    if (error.code?.startsWith('22') || error.code === '23514' || error.code === '23502') {
      return new AppError('invalid_input', {
        message: `A value does not fit (${error.constraint ?? error.column ?? error.code}).`,
        cause: error,
      });
    }
    // Undone by the database: deadlock, serialisation; run again already, to no avail.
    if (error.code?.startsWith('40')) return new AppError('unavailable', { message: collidedMessage, cause: error });
    if (error.code === '57014')
      return new AppError('unavailable', { message: 'This took too long. Ask for less at once.', cause: error });
    return new AppError('internal', { cause: error });
  }
}

const unreachableMessage = 'The database cannot be reached at the moment. Try again in a few seconds.';

const collidedMessage = 'Several people changed the same thing at the same moment. Nothing was saved; try again.';

const titles: Record<number, string> = {
  400: 'The request is not valid',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  410: 'No longer valid',
  413: 'Too large',
  415: 'Unsupported content type',
  422: 'Cannot be processed',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available right now',
};

const fastifyCodes: Record<number, string> = {
  400: 'invalid_input',
  404: 'not_found',
  413: 'too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'unavailable',
};

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
}

/** Zod's issues as field problems: where, and what to send instead. @param sent what was parsed */
export function invalidInput(error: z.ZodError, prefix: string[] = [], sent?: unknown): AppError {
  const fields = error.issues.flatMap((issue): FieldProblem[] => {
    const field = [...prefix, ...issue.path.map(String)].join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        field: [field, key].filter(Boolean).join('.'),
        message: 'There is no such field.',
      }));
    }
    const missing = issue.code === 'invalid_type' && issue.input === undefined;
    return [{ field, message: missing ? 'Is required.' : (amountProblem(issue, sent) ?? issue.message) }];
  });
  const first = fields[0];
  const message = first ? `${first.field || 'The body'}: ${first.message}` : 'The request is not valid.';
  return new AppError('invalid_input', { message, fields });
}
