import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '#platform/client/client.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { withClient } from '#platform/test/connection.ts';
import { forms } from '#features/intake/forms/contract.ts';
import { proofSeed, tryProofs } from '#features/intake/forms/proof-rules.ts';
import { pageToken } from '#features/intake/forms/server/page-token.ts';
import { formTemplate } from '#features/intake/forms/templates/built-in-rules.ts';
import { inParallel, must, type World } from './world.ts';
import { shapes, type Page } from './spam-shapes.ts';

interface Attacked {
  /** Its server believes one proxy, so that each sender has an address. */
  world: World;
  /** Of the installation: the pages that spam is sent from were opened a while ago. */
  secret: string;
  /** Resident memory of the server, in bytes. */
  memory: () => number;
}

/** Kept of a day’s spam at most: see `submission-limits.ts`. */
const keptAtMost = 500;

/**
 * Spam of many shapes to a public form, while people fill in the same one: none of it stands in the inbox as new, none of it
 * causes a mail, and each person’s request is there.
 */
export async function spam({ world, secret, memory }: Attacked, count: number, atOnce: number) {
  const target = await publish(world);
  const url = `${world.baseUrl}/api/v1/forms/${world.org}/${target.slug}/submissions`;
  const open = (age = 60_000): Page => {
    const issuedAt = Date.now() - age;
    const token = pageToken(secret, world.orgId, { id: uuidv7(), formId: target.id, revision: 1, issuedAt });
    return { token, proof: () => tryProofs(proofSeed(token), 0, 1e7) ?? '' };
  };
  const before = memory();
  let peak = before;
  const statuses: Record<string, number> = {};
  const started = performance.now();
  const sendAll = inParallel(count, atOnce, async (n) => {
    const shape = shapes[n % shapes.length];
    if (!shape) return;
    const { body, address = `10.${n & 255}.${(n >> 8) & 255}.1`, type = 'application/json' } = shape.make(open, n);
    const headers = { 'content-type': type, 'x-forwarded-for': address };
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const sentBody = await response.text();
    statuses[response.status] = (statuses[response.status] ?? 0) + 1;
    must(response.status < 500, `${shape.name}: ${response.status} ${sentBody}`);
    if (n % 50 === 0) peak = Math.max(peak, memory());
  });
  const people = await crowd(world, target.slug, Math.max(3, Math.round(count / 100)), sendAll);
  await sendAll;
  const seconds = (performance.now() - started) / 1_000;
  const found = await lookAt(world, people.length);
  return {
    attempts: count,
    shapes: shapes.length,
    statuses,
    people: people.length,
    'slowest person, ms': Math.round(Math.max(...people)),
    ...found,
    'memory before, MB': Math.round(before / 1e6),
    'memory at most, MB': Math.round(Math.max(peak, memory()) / 1e6),
    seconds: Math.round(seconds * 10) / 10,
  };
}

async function publish({ baseUrl, key, org }: World) {
  const api = createClient(forms, { baseUrl, headers: { authorization: `Bearer ${key}` } });
  const made = await api.create({ org, body: { title: 'Under attack' } });
  const fields = formTemplate('orchestra_guest').fields.filter(({ type }) => type !== 'place');
  const params = { id: made.id };
  const { version } = await api.change({ org, params, body: { version: made.version, fields: [...fields] } });
  return api.publish({ org, params, body: { version } });
}

/** People, one after the other, as their pages do it: read, wait, work, send. @returns how long each answer took, in ms */
async function crowd({ baseUrl, org }: World, slug: string, least: number, until: Promise<unknown>): Promise<number[]> {
  let attacked = true;
  void until.finally(() => (attacked = false)).catch(() => undefined);
  const times: number[] = [];
  while (attacked || times.length < least) {
    const n = times.length;
    const form = await createClient(forms, { baseUrl }).read({ params: { org, slug } });
    await sleep(form.waitMs + 50);
    const proof = tryProofs(proofSeed(form.token), 0, 1e7) ?? '';
    const started = performance.now();
    const answers = { ...person(n), consent: true };
    const response = await fetch(`${baseUrl}/api/v1/forms/${org}/${slug}/submissions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.${n % 250}` },
      body: JSON.stringify({ token: form.token, proof, homepage: '', answers }),
    });
    must(response.status === 200, `A person was refused: ${response.status} ${await response.text()}`);
    times.push(performance.now() - started);
    if (times.length >= 100) break;
  }
  return times;
}

function person(n: number) {
  return {
    title: `Person’s concert ${n}`,
    kind: 'symphony',
    date: '2031-05-01',
    hall: 'Town hall, Lüneburg',
    seats: 700 + n,
    repertoire: 'Dvořák’s New World, perhaps. What we did last year: https://lueneburg.example/season',
    name: `Ada Lo ${n}`,
    email: `person${n}@example.com`,
  };
}

async function lookAt({ tenantUrl, orgId }: World, people: number) {
  return withClient(tenantUrl, async (client) => {
    const { rows } = await client.query<{
      through: number;
      persons: number;
      apart: number;
      mails: number;
      parties: number;
      words: string;
    }>(
      `select count(*) filter (where state <> 'spam' and title not like 'Person’s concert%')::int as through,
              count(*) filter (where state = 'new' and title like 'Person’s concert%')::int as persons,
              count(*) filter (where state = 'spam')::int as apart,
              coalesce(left(string_agg(message, ' | ') filter (where state <> 'spam' and title not like 'Person’s concert%'), 500), '') as words,
              (select count(*)::int from messages where org_id = $1 and recipient not like 'person%@example.com') as mails,
              (select count(*)::int from parties where org_id = $1 and email not like 'person%@example.com') as parties
         from inquiries where org_id = $1`,
      [orgId],
    );
    const [found] = rows;
    if (!found) throw new Error('Nothing came in at all.');
    must(found.through === 0, `${found.through} submissions of spam stand in the inbox as new: ${found.words}`);
    must(found.persons === people, `${found.persons} of ${people} people came through.`);
    must(found.mails === 0 && found.parties === 0, `Spam caused ${found.mails} mails and ${found.parties} contacts.`);
    must(found.apart <= keptAtMost, `${found.apart} submissions of spam are kept.`);
    return { 'spam through': found.through, 'kept apart': found.apart };
  });
}
