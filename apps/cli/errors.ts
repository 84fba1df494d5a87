import { CommanderError } from 'commander';
import pg from 'pg';
import * as z from 'zod';
import { identity } from '#features/identity/contract.ts';
import { AppError, type FieldProblem } from '#platform/contract/errors.ts';
import { invalidInput } from '#platform/http/problems.ts';
import type { ConstraintMeaning } from '#platform/contract/contract.ts';

export interface ErrorDescription {
  /** `usage` for a command that was written wrong, else the API's code. */
  code: string;
  /** One sentence: what is wrong and what to do. */
  message: string;
  fields?: FieldProblem[];
  [more: string]: unknown;
}

const constraints: Readonly<Record<string, ConstraintMeaning>> = identity.constraints;

export function describe(error: unknown): ErrorDescription {
  if (error instanceof z.ZodError) return describe(invalidInput(error));
  if (error instanceof CommanderError) return { code: 'usage', message: error.message.replace(/^error: /, '') };
  if (error instanceof AppError) {
    const { fields, extra } = error.details;
    return { code: error.code, message: error.message, ...(fields && { fields }), ...extra };
  }
  const meaning = error instanceof pg.DatabaseError ? constraints[error.constraint ?? ''] : undefined;
  if (meaning) {
    const { code, message, field } = meaning;
    return { code, message, ...(field && { fields: [{ field, message }] }) };
  }
  return { code: 'internal', message: `It failed: ${error instanceof Error ? error.message : String(error)}` };
}
