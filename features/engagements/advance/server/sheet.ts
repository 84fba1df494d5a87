import { notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { AdvanceItem } from '../contract.ts';
import { dayBefore, linkEnds } from '../rules.ts';
import type { OpenLink } from './link.ts';
import { getSettings, listItems } from './queries.ts';

/** The engagement as far as the other side knows it anyway. */
interface Facts {
  title: string;
  startsAt: string;
  endsAt: string;
  zone: string;
  place: string | null;
}

/** What somebody with a link reads. Of our people it names nobody: the organisation speaks. */
export async function readSheet(tx: Tx, organisation: string, link: OpenLink) {
  const [[engagement], settings, items] = await Promise.all([
    tx.query<Facts>(
      `select e.title, iso(e.starts_at) as "startsAt", iso(e.ends_at) as "endsAt", e.zone, p.name as place
         from engagements e left join resources p on p.org_id = e.org_id and p.id = e.place_id
        where e.org_id = $1 and e.id = $2`,
      [tx.scope.orgId, link.engagementId],
    ),
    getSettings(tx, link.engagementId),
    listItems(tx, link.engagementId, true),
  ]);
  if (!engagement) throw notFound('This link');
  return {
    reader: link.name,
    engagement,
    dueOn: dayBefore(engagement, settings.dueDays),
    endsAt: linkEnds(engagement, settings.openDays),
    items: items.map((each) => outward(each, organisation)),
  };
}

/** One item anew. @throws AppError not_found */
export async function readSheetItem(tx: Tx, organisation: string, { engagementId }: OpenLink, id: string) {
  const items = await listItems(tx, engagementId, true);
  const found = items.find((each) => each.id === id);
  if (!found) throw notFound('This item');
  return outward(found, organisation);
}

function outward({ fileId, comments, answeredBy, ...item }: AdvanceItem, organisation: string) {
  const known = (writer: NonNullable<AdvanceItem['answeredBy']>) =>
    writer.side === 'us' ? { ...writer, name: organisation } : writer;
  return {
    ...item,
    hasFile: fileId !== null,
    answeredBy: answeredBy && known(answeredBy),
    comments: comments.map(({ writer, ...comment }) => ({ ...comment, writer: known(writer) })),
  };
}

/** Looks closer together than this are one. */
const oneLook = '1 minute';

/** Notes that somebody looks. */
export async function noteLook(tx: Tx, { id }: OpenLink): Promise<void> {
  await tx.query(
    `update advance_links set opened = opened + 1, first_opened_at = coalesce(first_opened_at, $3), last_opened_at = $3,
            updated_at = now()
      where org_id = $1 and id = $2
        and (last_opened_at is null or last_opened_at < $3::timestamptz - interval '${oneLook}')`,
    [tx.scope.orgId, id, tx.scope.now],
  );
}

/** The file that answers an item of the link's engagement. @throws AppError not_found */
export async function fileOf(tx: Tx, { engagementId }: OpenLink, itemId: string): Promise<string> {
  const [found] = await tx.query<{ fileId: string }>(
    `select i.file_id as "fileId" from advance_items i
       join files f on f.org_id = i.org_id and f.id = i.file_id and f.engagement_id = i.engagement_id and f.trashed_at is null
      where i.org_id = $1 and i.engagement_id = $2 and i.id = $3`,
    [tx.scope.orgId, engagementId, itemId],
  );
  if (!found) throw notFound('This file');
  return found.fileId;
}
