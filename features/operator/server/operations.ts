import * as z from 'zod';
import type { RouteInput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import { decodeCursor, encodeCursor } from '#platform/db/rows.ts';
import type { Services } from '#platform/http/services.ts';
import type { operator } from '../contract.ts';
import { operation } from '../shapes.ts';
import { operatorNames } from './logs.ts';

type Control = Services['databases']['control'];
type Query = RouteInput<typeof operator.routes.listOperations>['query'];

const { kind, state } = operation.shape;
const lifecycle = z.object({ kind, state });

function select(control: Control) {
  return control
    .selectFrom('tenant_operations as t')
    .leftJoin('organisations as o', 'o.id', 't.organisation_id')
    .leftJoin('tenant_databases as f', 'f.id', 't.from_database_id')
    .leftJoin('tenant_databases as d', 'd.id', 't.to_database_id')
    .select(['t.id', 't.kind', 't.state', 't.step', 't.done', 't.total', 't.error'])
    .select(['t.organisation_id as organisationId', 'o.name as organisation', 'f.name as from', 'd.name as to'])
    .select(['t.requested_by as requestedBy', 't.started_at as startedAt', 't.finished_at as finishedAt']);
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

async function present(control: Control, rows: readonly Row[]) {
  const names = await operatorNames(
    control,
    rows.map(({ requestedBy }) => requestedBy),
  );
  return rows.map((row) => ({
    ...row,
    ...lifecycle.parse(row),
    // Owners export their own organisation: who of them is no business of the console.
    requestedBy: names.get(row.requestedBy) ?? 'The organisation',
  }));
}

/** Newest first; their ids sort by the time they began. */
export async function listOperations(control: Control, { organisationId, limit, after }: Query) {
  const cursor = decodeCursor(after, 2);
  const mine = (query: ReturnType<typeof select>) =>
    organisationId === undefined ? query : query.where('t.organisation_id', '=', organisationId);
  const rows = await mine(select(control))
    .$if(cursor !== undefined, (query) => query.where('t.id', '<', String(cursor?.[0])))
    .orderBy('t.id', 'desc')
    .limit(limit + 1)
    .execute();
  const total = cursor ? Number(cursor[1]) : await count(control, organisationId);
  const items = await present(control, rows.slice(0, limit));
  const last = items.at(-1);
  return { items, total, next: rows.length > limit && last ? encodeCursor([last.id, total]) : null };
}

async function count(control: Control, organisationId: string | undefined): Promise<number> {
  const { all } = await control
    .selectFrom('tenant_operations')
    .select(({ fn }) => fn.countAll<number>().as('all'))
    .$if(organisationId !== undefined, (query) => query.where('organisation_id', '=', organisationId ?? ''))
    .executeTakeFirstOrThrow();
  return Number(all);
}

/** @throws AppError not_found */
export async function getOperation(control: Control, id: string) {
  const rows = await select(control).where('t.id', '=', id).execute();
  const [found] = await present(control, rows);
  if (!found) throw notFound('This operation');
  return found;
}

/** The one that is under way for an organisation, or the newest that was. */
export async function newestOperation(control: Control, organisationId: string) {
  const rows = await select(control)
    .where('t.organisation_id', '=', organisationId)
    .orderBy('t.id', 'desc')
    .limit(1)
    .execute();
  const [found] = await present(control, rows);
  return found ?? null;
}
