import { AppError } from '#platform/contract/errors.ts';
import type { Doer } from '#platform/db/control.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { OperatorContext } from '#platform/http/feature.ts';
import type { Services } from '#platform/http/services.ts';

type Control = Services['databases']['control'];

export interface OperatorAct {
  action: string;
  organisationId?: string;
  /** What was asked for: no connection, no secret. */
  detail?: Readonly<Record<string, unknown>>;
}

/** Who acts, as the control database records it. */
export function doerOf({ request, identity }: Pick<OperatorContext, 'request' | 'identity'>): Doer {
  return { actor: identity.actor, requestId: request.id, session: identity.sessionId, address: request.ip };
}

/** Whoever has a shell on the installation. */
export function byCommand(): Doer {
  return { actor: 'command', requestId: `command:${uuidv7()}` };
}

/**
 * Does what an operator asked for, and writes into the operators' log what came of it.
 * @param made the organisation that there is since, if any
 * @throws whatever `work` throws
 */
export async function logged<T>(
  context: OperatorContext,
  act: OperatorAct,
  work: () => Promise<T>,
  made: (result: T) => Pick<OperatorAct, 'organisationId'> = () => ({}),
): Promise<T> {
  const { services } = context;
  try {
    const result = await work();
    await writeEvent(services.databases.control, doerOf(context), { ...act, ...made(result) }, 'ok');
    return result;
  } catch (error) {
    const outcome = error instanceof AppError ? error.code : 'internal';
    await writeEvent(services.databases.control, doerOf(context), act, outcome).catch((failure: unknown) =>
      services.log.error({ err: failure, act }, 'an operator’s act could not be logged'),
    );
    throw error;
  }
}

export async function writeEvent(control: Control, by: Doer, act: OperatorAct, outcome: string): Promise<void> {
  await control
    .insertInto('operator_events')
    .values({
      actor: by.actor,
      action: act.action,
      organisation_id: act.organisationId ?? null,
      detail: act.detail ? JSON.stringify(act.detail) : null,
      outcome,
      address: by.address ?? null,
      request_id: by.requestId,
    })
    .execute();
}
