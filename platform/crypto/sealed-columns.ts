import type pg from 'pg';

/** A table with columns whose values `Sealer` sealed. Rotation goes through these, and a test finds those that are missing. */
export interface SealedTable {
  table: string;
  /** Column that, within an organisation, names one row; a uuid. */
  key: string;
  columns: readonly string[];
}

/** Of the control database: bound to no organisation. */
export const controlTables: readonly SealedTable[] = [
  { table: 'tenant_databases', key: 'id', columns: ['sealed_url'] },
  { table: 'totp_secrets', key: 'user_id', columns: ['secret'] },
];

/** Of tenant databases: bound to the row's organisation. */
export const tenantTables: readonly SealedTable[] = [
  {
    table: 'personal_details',
    key: 'id',
    columns: [
      'sealed_emergency_name',
      'sealed_emergency_phone',
      'sealed_emergency_relation',
      'sealed_health_note',
      'sealed_legal_name',
      'sealed_birth_date',
      'sealed_tax_number',
      'sealed_account_holder',
      'sealed_account',
      'sealed_bank_code',
    ],
  },
];

/** Columns that sound like secrets, aren't sealed, and why that is right. Both databases. */
const unsealed: Readonly<Record<string, string>> = {
  'accounts.password': 'a slow salted hash',
  'accounts.access_token': 'never kept; a constraint says so',
  'accounts.refresh_token': 'never kept; a constraint says so',
  'accounts.id_token': 'never kept; a constraint says so',
  'sessions.token':
    'compared in every request by its index; worth nothing without the signature, whose key is not in the database',
  'sign_in_flows.secret_hash': 'a hash',
  'mailed_tokens.token_hash': 'a hash',
  'invitations.token_hash': 'a hash',
  'recovery_codes.code_hash': 'a hash',
  'api_keys.key_hash': 'a hash',
  'operator_keys.key_hash': 'a hash',
  'songs.song_key': 'a key of music',
  'song_versions.song_key': 'a key of music',
  'setlist_entries.song_key': 'a key of music',
  'advance_items.template_key': 'which line of which checklist an item came from',
  'schedule_items.template_key': 'which schedule of a pack an item came from',
  'engagement_people.group_key': 'which group of a roster: a, b or c',
  'tasks.template_key': 'which line of which list a task came from',
  'feeds.token_hash': 'a hash',
  'bounce_hooks.token_hash': 'a hash',
  'file_versions.object_key': 'where bytes lie in the store, which has a key of its own',
  'file_uploads.object_key': 'where bytes lie in the store, which has a key of its own',
  'messages.dedupe_key': 'says which message it is',
  'passkeys.public_key': 'public',
  'calendars.url': 'an address that members gave; read by jobs, and shown to nobody again',
};

/**
 * Says which columns of a database look as if they held secrets and are neither registered as sealed nor explained,
 * which registered ones don't exist, which tables would write sealed text into history, and, over the rows that there
 * are, where text lies plain in a sealed column or sealed in a plain one.
 *
 * @param client an owner's connection that sees every row
 * @returns one sentence per fault; none when all is well
 */
export async function sealingFaults(client: pg.ClientBase, kind: 'control' | 'tenant'): Promise<string[]> {
  const registered = kind === 'control' ? controlTables : tenantTables;
  const sealed = new Set(registered.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`)));
  const present = await textColumns(client);
  const known = new Set(present.map(({ name }) => name));
  const faults = [...sealed].filter((name) => !known.has(name)).map((name) => `${name}: registered, but not there.`);
  for (const { name, table, column, recorded, redacts } of present) {
    const suspect = /sealed|secret|token|password|passphrase|iban|tax_number|_key$|private/.test(column);
    if (suspect && !sealed.has(name) && !(name in unsealed)) {
      faults.push(
        `${name}: sounds like a secret. Seal it and register it, or say why not, in platform/crypto/sealed-columns.ts.`,
      );
    }
    if (sealed.has(name) && recorded && !(redacts && column.startsWith('sealed_'))) {
      faults.push(
        `${name}: would reach history. Name it sealed_… and give its table the trigger record_change('sealed').`,
      );
    }
    faults.push(...(await valueFaults(client, table, column, sealed.has(name))));
  }
  return faults;
}

interface TextColumn {
  name: string;
  table: string;
  column: string;
  recorded: boolean;
  redacts: boolean;
}

async function textColumns(client: pg.ClientBase): Promise<TextColumn[]> {
  const { rows } = await client.query<TextColumn>(
    `select c.relname || '.' || a.attname as name, c.relname as table, a.attname as column,
            g.oid is not null as recorded, coalesce(g.tgnargs > 0, false) as redacts
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       left join pg_trigger g on g.tgrelid = c.oid and g.tgname = 'record_change'
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and (a.atttypid in ('text'::regtype, 'jsonb'::regtype, 'bytea'::regtype, 'text[]'::regtype))
      order by 1`,
  );
  return rows;
}

async function valueFaults(client: pg.ClientBase, table: string, column: string, sealed: boolean): Promise<string[]> {
  const text = `${client.escapeIdentifier(column)}::text`;
  const wrong = sealed ? `${text} not like 'hf1.%'` : `${text} like '%hf1.%.%.%'`;
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from ${client.escapeIdentifier(table)} where ${wrong}`,
  );
  const count = rows[0]?.count ?? 0;
  if (count === 0) return [];
  return [
    `${table}.${column}: ${count} ${sealed ? 'values are not sealed' : 'sealed values where nobody registered any'}.`,
  ];
}
