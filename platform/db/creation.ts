import type { Kysely } from 'kysely';
import type { DB as ControlDatabase } from '#db/control-types.ts';
import { AppError } from '../contract/errors.ts';
import { reasonOf } from './unreachable.ts';

/** How often a creation says that it goes on, and after what silence its process counts as dead, in milliseconds. */
const beat = 5_000;
const silence = 60_000;

export interface NewCreation {
  id: string;
  organisationId: string;
  /** Who asked for it: `command`, or an operator. */
  requestedBy: string;
}

/** Says which step begins: how many are done, of how many. */
export type SayStep = (step: string, done: number, total: number) => Promise<void>;

/**
 * Begins to make an organisation under a row of `tenant_operations`, which says where it is, that it lives, and how
 * it ended. (Those that move and remove have more to undo: platform/db/moving.)
 *
 * @returns when the row is there; `finished` settles as the work does
 */
export async function beginCreation<T>(
  control: Kysely<ControlDatabase>,
  { id, organisationId, requestedBy }: NewCreation,
  work: (say: SayStep) => Promise<T>,
): Promise<{ finished: Promise<T> }> {
  await endTheDead(control);
  await control
    .insertInto('tenant_operations')
    .values({ id, kind: 'create', organisation_id: organisationId, requested_by: requestedBy })
    .execute();
  const now = () => new Date().toISOString();
  const write: Write = (values) =>
    control
      .updateTable('tenant_operations')
      .set({ ...values, heartbeat_at: now(), ...(values.state && { finished_at: now() }) })
      .where('id', '=', id)
      .execute();
  return { finished: finish(write, work) };
}

type Write = (values: {
  step?: string;
  done?: number;
  total?: number;
  state?: string;
  error?: string;
}) => Promise<unknown>;

async function finish<T>(write: Write, work: (say: SayStep) => Promise<T>): Promise<T> {
  const heart = setInterval(() => void write({}).catch(() => undefined), beat);
  heart.unref();
  try {
    const result = await work(async (step, done, total) => void (await write({ step, done, total })));
    await write({ state: 'done' });
    return result;
  } catch (error) {
    const said = error instanceof AppError ? error.message : `It failed: ${reasonOf(error)}.`;
    await write({ state: 'failed', error: said }).catch(() => undefined);
    throw error;
  } finally {
    clearInterval(heart);
  }
}

/** Creations whose process died: nobody goes on with them. What they left is used by the next one of that name. */
async function endTheDead(control: Kysely<ControlDatabase>): Promise<void> {
  await control
    .updateTable('tenant_operations')
    .set({
      state: 'failed',
      error: 'The process that did this ended before it was done. Begin again.',
      finished_at: new Date().toISOString(),
    })
    .where('kind', '=', 'create')
    .where('state', '=', 'running')
    .where('heartbeat_at', '<', new Date(Date.now() - silence).toISOString())
    .execute();
}
