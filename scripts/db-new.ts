// `npm run db:new -- tenant add_colour`: the next numbered migration and its undoing.
import { existsSync, writeFileSync } from 'node:fs';
import { listMigrations, type DatabaseKind } from '#platform/db/migrate.ts';

const [kind, name] = process.argv.slice(2);
if ((kind !== 'control' && kind !== 'tenant') || !/^[a-z0-9_]+$/.test(name ?? '')) {
  console.error('Use: npm run db:new -- control|tenant name_of_the_change');
  process.exit(1);
}
const number = String(listMigrations(kind satisfies DatabaseKind).length + 1).padStart(4, '0');
const file = `db/${kind}/${number}_${name}.sql`;
if (existsSync(file)) throw new Error(`${file} is there already.`);
writeFileSync(file, '-- Expand first, contract later: the code of the release before must run against this schema.\n');
writeFileSync(file.replace(/\.sql$/, '.down.sql'), '-- Undoes it; delete this file when it cannot be undone.\n');
console.log(`${file}\nWrite it, then run: npm run db:migrate, and node scripts/generate-types.ts for the types.`);
