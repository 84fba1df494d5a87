import type { TestApp } from './test-app.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { receiveInquiry } from '#features/intake/inquiries/server/receive.ts';

export interface Wishes {
  email?: string | null;
  suspected?: boolean;
  contactName?: string;
  phone?: string;
  fileIds?: readonly string[];
  parts?: string;
}

/** What the tests of inquiries begin with: forms, days of their own, and submissions. */
export function inquiryWorld(app: () => TestApp) {
  let day = 0;
  const secret = () => app().app.services.config.secret;

  /** A form with one published revision. */
  async function form(): Promise<string> {
    const id = uuidv7();
    const { org } = app();
    const fields =
      '[{"key":"what","type":"long_text","label":"What?"},{"key":"plan","type":"file","label":"Have you a plan?"},{"key":"parts","type":"short_text","label":"Whose parts?"}]';
    await app().inTenant(async (tx) => {
      await tx.query('insert into forms (org_id, id, slug, title) values ($1, $2, $3, $4)', [
        org.id,
        id,
        `f-${id}`,
        'Ask us',
      ]);
      await tx.query(
        `insert into form_revisions (org_id, id, form_id, number, title, intro, thanks, fields, published_by, published_at)
         values ($1, $2, $3, 1, 'Ask us', '', '', $4, 'command', now())`,
        [org.id, uuidv7(), id, fields],
      );
    });
    return id;
  }

  /** An evening that no other test has. */
  function evening(): { startsAt: string; endsAt: string } {
    day += 1;
    const at = (hours: number) => new Date(Date.UTC(2029, 3, day, hours)).toISOString();
    return { startsAt: at(18), endsAt: at(22) };
  }

  async function received(wishes: Wishes = {}) {
    const {
      email = `${uuidv7()}@example.com`,
      suspected = false,
      contactName = 'Max Muster',
      phone = null,
      fileIds,
      parts,
    } = wishes;
    const formId = await form();
    const span = evening();
    const meaning = {
      title: 'Summer party',
      ...span,
      zone: 'Europe/Berlin',
      placeId: null,
      people: 120,
      budget: { minor: 500_000, currency: 'EUR' },
      contactName,
      company: null,
      email,
      phone,
      message: 'With a band?',
    };
    const answers = { what: 'A party', ...(fileIds && { plan: fileIds }), ...(parts && { parts }) };
    const { id, statusPath } = await app().inTenant((tx) =>
      receiveInquiry(
        tx,
        { formId, revision: 1, answers, meaning, source: 'form', suspected, fileIds: fileIds ?? [] },
        secret(),
      ),
    );
    const token = statusPath.split('/').at(-1) ?? '';
    return { id, email: email ?? '', formId, params: { id }, link: { orgId: app().org.id, token }, ...span };
  }

  const place = async (name: string) =>
    (
      await app()
        .client(resources)
        .create({ org: 'test', body: { kind: 'place', name, zone: 'Europe/Berlin' } })
    ).id;

  return { form, evening, received, place, secret };
}
