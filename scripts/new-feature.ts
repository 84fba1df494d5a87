// `npm run new:feature -- engagements/guests Guest`: the folder of a feature, ready to be filled.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [folder = '', entityName = ''] = process.argv.slice(2);
if (!/^[a-z]+(?:[/-][a-z]+)*$/.test(folder) || !/^[A-Z][A-Za-z]+$/.test(entityName)) {
  console.error('Use: npm run new:feature -- folder/below/features EntityName   (engagements/guests Guest)');
  process.exit(1);
}
const root = path.join('features', folder);
if (existsSync(root)) {
  console.error(`${root} is there already.`);
  process.exit(1);
}

const name = path.posix.basename(folder);
const entity = entityName.charAt(0).toLowerCase() + entityName.slice(1);
const table = name.replaceAll('-', '_');
const variable = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

write('README.md', `# ${entityName}s\n\nIts words, invariants and tables (\`${table}\`); events in and out: none.\n`);
write(
  'contract.ts',
  `import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { id, line, page, pageOf } from '#platform/contract/fields.ts';

export const ${entity} = entity('${table}', '${entityName}', {
  name: line(200),
});
export type ${entityName} = z.output<typeof ${entity}.row>;

export const ${variable} = defineContract({
  name: '${variable}',
  permissions: {
    '${variable}.read': { may: 'see ${name}', roles: ['owner', 'manager', 'staff'] },
    '${variable}.write': { may: 'change ${name}', roles: ['owner', 'manager'] },
  },
  routes: {
    list: {
      method: 'GET',
      path: '/${name}',
      permission: '${variable}.read',
      summary: 'By name.',
      query: z.strictObject(page),
      output: pageOf(${entity}.row),
    },
    create: {
      method: 'POST',
      path: '/${name}',
      permission: '${variable}.write',
      summary: 'Adds one.',
      body: ${entity}.create,
      status: 201,
      output: ${entity}.row,
    },
    change: {
      method: 'PATCH',
      path: '/${name}/:id',
      permission: '${variable}.write',
      summary: 'Changes the given fields.',
      params: z.object({ id }),
      body: ${entity}.patch,
      output: ${entity}.row,
      errors: ['version_conflict'],
    },
  },
});
`,
);
write(
  'server/queries.ts',
  `import type { RouteInput } from '#platform/contract/contract.ts';
import { byName, Filter, listJson } from '#platform/db/list.ts';
import { getRow, rowJson } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { RawJson } from '#platform/contract/raw-json.ts';
import { ${entity}, type ${entityName}, type ${variable} } from '../contract.ts';

export const ${entity}Shape = { entity: ${entity} };

type Page = RouteInput<(typeof ${variable})['routes']['list']>['query'];

export function list${entityName}s(tx: Tx, page: Page): Promise<RawJson> {
  return listJson(tx, {
    from: '${table} r',
    filter: new Filter(tx),
    order: byName,
    item: rowJson(${entity}Shape),
    page,
  });
}

export function get${entityName}(tx: Tx, id: string): Promise<${entityName}> {
  return getRow<${entityName}>(tx, ${entity}Shape, id);
}
`,
);
write(
  'server/index.ts',
  `import { insertRow, patchRow } from '#platform/db/rows.ts';
import { feature } from '#platform/http/feature.ts';
import { ${variable} } from '../contract.ts';
import { get${entityName}, list${entityName}s, ${entity}Shape } from './queries.ts';

export const ${variable}Feature = feature(${variable}, {
  list: ({ tx }, { query }) => list${entityName}s(tx, query),
  create: async ({ tx }, { body }) => get${entityName}(tx, await insertRow(tx, ${entity}Shape, body)),
  async change({ tx }, { params, body: { version, ...changes } }) {
    await patchRow(tx, ${entity}Shape, params.id, version, changes);
    return get${entityName}(tx, params.id);
  },
});
`,
);
write(
  'server/api.test.ts',
  `import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { ${variable} } from '../contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

test('creates, lists and changes', async () => {
  const api = app.client(${variable});
  const { id } = await api.create({ org: 'test', body: { name: 'First' } });
  await api.change({ org: 'test', params: { id }, body: { version: 1, name: 'Renamed' } });
  expect((await api.list({ org: 'test', query: {} })).items).toMatchObject([{ id, name: 'Renamed', version: 2 }]);
});
`,
);
register();
console.log(`${root} is there and registered in apps/server/features.ts. Next, its table: npm run db:new -- tenant ${table}

create table ${table} (
  org_id uuid not null,
  id uuid not null,
  name text not null check (name <> ''),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id)
);
create index ${table}_by_name on ${table} (org_id, name, id);
select protect_tenant_table('${table}');`);

function write(file: string, text: string): void {
  const target = path.join(root, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

function register(): void {
  const file = 'apps/server/features.ts';
  const text = readFileSync(file, 'utf8');
  const line = `import { ${variable}Feature } from '#features/${folder}/server/index.ts';\n`;
  writeFileSync(
    file,
    text
      .replace('\n/** Every feature but', `${line}\n/** Every feature but`)
      .replace('\n];', `\n  ${variable}Feature,\n];`),
  );
}
