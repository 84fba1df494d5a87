import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { withClient } from '#platform/test/connection.ts';
import { advanceIds, plantAdvance } from './canary-advance.ts';
import { callIds, plantCalls } from './canary-calls.ts';
import { plantFiles } from './canary-files.ts';
import { noteIds, plantNotes } from './canary-notes.ts';
import { formIds, plantForms } from './canary-forms.ts';
import { crmIds, plantCrm } from './canary-crm.ts';
import { plantInquiries } from './canary-inquiries.ts';
import { dossierIds, plantDossier } from './canary-dossier.ts';
import { peopleIds, plantPeople } from './canary-people.ts';
import { plantTravel, travelIds } from './canary-travel.ts';
import type { TestApp } from './test-app.ts';

/** Tenant tables that a planting leaves empty, and why. */
export const unplanted: Readonly<Record<string, string>> = {
  changes: 'written by the planting itself',
  change_seals: 'written by a job',
  organisation_gates: 'no row of a tenant: whether it may be entered',
  organisation_arrivals: 'no row of a tenant: where it came from',
  idempotency_keys: 'answers of one asker, reached by their key only',
};

/** Puts one row of each kind into an organisation, each carrying the word. @returns their ids by what they are */
export async function plant({ adminUrl, app }: TestApp, org: string, word: string): Promise<Record<string, string>> {
  const ids = {
    resource: randomUUID(),
    person: randomUUID(),
    engagement: randomUUID(),
    claim: randomUUID(),
    hold: randomUUID(),
    party: randomUUID(),
    entry: randomUUID(),
    decision: randomUUID(),
    series: randomUUID(),
    timeOff: randomUUID(),
    calendar: randomUUID(),
    feed: randomUUID(),
    second: randomUUID(),
    challenge: randomUUID(),
    notice: randomUUID(),
    task: randomUUID(),
    message: randomUUID(),
    position: randomUUID(),
    chair: randomUUID(),
    ...callIds(),
    folder: randomUUID(),
    file: randomUUID(),
    fileVersion: randomUUID(),
    upload: randomUUID(),
    ...dossierIds(),
    ...noteIds(),
    ...formIds(),
    inquiry: randomUUID(),
    ...advanceIds(),
    ...crmIds(),
    ...peopleIds(),
    ...travelIds(),
  };
  await withClient(adminUrl.tenant, async (client) => {
    await client.query("select set_config('app.actor', 'command', false)");
    await insert(client, 'resources', {
      org_id: org,
      id: ids.resource,
      kind: 'place',
      name: word,
      zone: 'UTC',
      notes: word,
      email: `${word.toLowerCase()}@example.com`,
    });
    await insert(client, 'resource_skills', {
      org_id: org,
      id: randomUUID(),
      resource_id: ids.resource,
      skill: word,
    });
    await insert(client, 'working_hours', {
      org_id: org,
      id: randomUUID(),
      resource_id: ids.resource,
      weekday: 4,
      starts_minute: 0,
      ends_minute: 1440,
    });
    await insert(client, 'resources', {
      org_id: org,
      id: ids.person,
      kind: 'person',
      name: word,
      zone: 'UTC',
    });
    await insert(client, 'personal_details', {
      org_id: org,
      id: ids.person,
      sealed_legal_name: app.services.sealer.seal(word, { orgId: org, column: 'personal_details.sealed_legal_name' }),
    });
    await insert(client, 'series', { org_id: org, id: ids.series, name: word });
    await insert(client, 'engagements', {
      org_id: org,
      id: ids.engagement,
      pack: 'venue',
      title: word,
      stage: 'inquiry',
      zone: 'UTC',
      starts_at: '2029-03-01',
      ends_at: '2029-03-02',
    });
    for (const [id, status, rank] of [
      [ids.claim, 'commit', null],
      [ids.hold, 'hold', 1],
      [ids.second, 'hold', 2],
    ] as const) {
      await insert(client, 'claims', {
        org_id: org,
        id,
        resource_id: ids.resource,
        engagement_id: ids.engagement,
        group_id: ids.claim,
        status,
        rank,
        starts_at: '2029-03-01T09:00Z',
        ends_at: '2029-03-01T13:00Z',
        zone: 'UTC',
        exclusive: true,
        note: word,
        placed_by: 'command',
      });
    }
    await insert(client, 'parties', { org_id: org, id: ids.party, kind: 'person', name: word, notes: word });
    await insert(client, 'engagement_parties', {
      org_id: org,
      id: ids.entry,
      engagement_id: ids.engagement,
      party_id: ids.party,
      role: word,
    });
    await insert(client, 'stage_decisions', {
      org_id: org,
      id: ids.decision,
      engagement_id: ids.engagement,
      from_stage: 'inquiry',
      to_stage: 'hold',
      reason: word,
      decided_by: 'command',
    });
    await insert(client, 'time_off', {
      org_id: org,
      id: ids.timeOff,
      resource_id: ids.resource,
      starts_at: '2029-03-01',
      ends_at: '2029-03-02',
      reason: word,
    });
    await insert(client, 'calendars', { org_id: org, id: ids.calendar, resource_id: ids.resource, name: word });
    await insert(client, 'busy_times', {
      org_id: org,
      id: randomUUID(),
      resource_id: ids.resource,
      calendar_id: ids.calendar,
      uid: word,
      summary: word,
      starts_at: '2029-03-01T10:00Z',
      ends_at: '2029-03-01T11:00Z',
    });
    await insert(client, 'challenges', {
      org_id: org,
      id: ids.challenge,
      claim_id: ids.hold,
      challenger_id: ids.second,
      deadline_at: '2029-02-01',
      started_by: word,
    });
    await insert(client, 'notices', {
      org_id: org,
      id: ids.notice,
      user_id: randomUUID(),
      kind: 'released',
      message: word,
      source: word,
    });
    await insert(client, 'message_templates', {
      org_id: org,
      id: randomUUID(),
      kind: 'notice',
      subject: word,
      body: word,
    });
    await insert(client, 'messages', {
      org_id: org,
      id: ids.message,
      kind: 'notice',
      dedupe_key: word,
      recipient: `${word.toLowerCase()}@example.com`,
      recipient_name: word,
      subject: word,
      content: JSON.stringify({ paragraphs: [[[{ text: word }]]], button: null }),
      state: 'kept',
    });
    await insert(client, 'suppressed_addresses', {
      org_id: org,
      id: randomUUID(),
      email: `${word.toLowerCase()}@example.com`,
      reason: 'by_hand',
    });
    await insert(client, 'notice_preferences', {
      org_id: org,
      id: randomUUID(),
      user_id: randomUUID(),
      kind: 'released',
      mail: 'never',
    });
    await insert(client, 'bounce_hooks', { org_id: org, id: randomUUID(), token_hash: word });
    await insert(client, 'import_tasks', {
      org_id: org,
      id: ids.task,
      kind: 'csv',
      status: 'failed',
      message: word,
      started_by: word,
    });
    await insert(client, 'positions', {
      org_id: org,
      id: ids.position,
      instrument: 'fl',
      title: word,
      kind: 'section',
    });
    await insert(client, 'chairs', {
      org_id: org,
      id: ids.chair,
      position_id: ids.position,
      number: 1,
      resource_id: ids.person,
      starts_on: '2029-01-01',
      note: word,
    });
    await plantCalls(client, org, word, ids);
    await plantDossier(client, org, word, ids);
    await plantNotes(client, org, word, ids);
    await plantAdvance(client, org, word, ids);
    await plantPeople(client, org, word, ids);
    await plantTravel(client, org, word, ids);
    await plantFiles(client, org, word, ids);
    await plantForms(client, org, word, ids);
    await plantInquiries(client, org, word, ids);
    await plantCrm(client, org, word, ids);
    await insert(client, 'feeds', {
      org_id: org,
      id: ids.feed,
      // Unique over all organisations: the token alone finds it.
      token_hash: `none-${ids.feed}`,
      name: word,
      created_by: 'command',
    });
  });
  return ids;
}

export type Row = Readonly<Record<string, unknown>>;

export async function insert(client: pg.Client, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  await client.query(
    `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(row),
  );
}

/** Of every row of one organisation, history included; that somebody was refused there is written down, and right. */
export async function checksumOf(tenantUrl: string, org: string): Promise<string> {
  return withClient(tenantUrl, async (client) => {
    const sums: string[] = [];
    for (const name of await tenantTables(client)) {
      const only = name === 'changes' ? "and entity <> 'access'" : '';
      const { rows } = await client.query<{ sum: string }>(
        `select $2 || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} t where org_id = $1 ${only}`,
        [org, name],
      );
      sums.push(rows[0]?.sum ?? '');
    }
    return sums.join('\n');
  });
}

/** Tables of a tenant database that begin with org_id, from the catalogue. */
export async function tenantTables(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** Waits until what the control database recorded of organisations has reached their own record. */
export async function relayed({ databases }: TestApp): Promise<void> {
  const waiting = () => databases.control.selectFrom('organisation_changes').select('id').limit(1).executeTakeFirst();
  while (await waiting()) await sleep(50);
}
