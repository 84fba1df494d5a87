// Part of `npm run check`: who may import whom, and how files are named. Each message says what to do.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const files = globSync('{apps,features,platform}/**/*.{ts,tsx}').map((file) => file.replaceAll('\\', '/'));
const problems: string[] = [];

/** Where a feature begins: the folder that holds contract.ts. */
const featureFolders = files
  .filter((file) => file.endsWith('/contract.ts') && file.startsWith('features/'))
  .map(path.posix.dirname);
const featureOf = (file: string) =>
  featureFolders.filter((folder) => file.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length)[0];

/** What one feature may use of another: what both sides read, and its reads and writes: never its routes and jobs. */
const open =
  /\/([a-z-]*contract|[a-z-]*rules(?:-[a-z-]+)?|[a-z-]*(?:words|kinds))\.ts$|\/packs\/|\/server\/(?!index|jobs)[a-z-]+\.ts$|\/web\//;
/** The only places that mint a scope: after authentication, for a job, for the live feed, for the operator's command. */
const minters = /^(platform\/(http|jobs|live|db)\/|apps\/cli\/|apps\/server\/test\/|bench\/)/;

const uses = new Map<string, Set<string>>();
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  checkName(file);
  checkLength(file, text);
  if (/\bmintScope\b/.test(text) && !minters.test(file) && !file.endsWith('.test.ts')) {
    problems.push(`${file}: mints a scope. Take the one that the route or the job was given.`);
  }
  for (const target of importsOf(file, text)) checkImport(file, target);
}
for (const circle of circles())
  problems.push(`Features form a circle: ${circle.join(' → ')}. Move what both need below them.`);

if (problems.length > 0) {
  console.error(problems.sort().join('\n'));
  process.exit(1);
}

function importsOf(file: string, text: string): string[] {
  const found = [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((match) => match[1] ?? '');
  return found.flatMap((specifier) => {
    if (specifier.startsWith('.')) return [path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier))];
    return specifier.startsWith('#') ? [specifier.slice(1)] : [];
  });
}

function checkImport(file: string, target: string): void {
  const rank = (name: string) => ['platform', 'features', 'apps'].indexOf(name.split('/')[0] ?? '');
  const isTest = file.endsWith('.test.ts') || file.endsWith('.test.tsx');
  if (rank(target) > rank(file) && !isTest)
    problems.push(`${file}: imports ${target}. Imports run apps → features → platform.`);
  const [from, to] = [featureOf(file), featureOf(target)];
  if (!from || !to || from === to || isTest) return;
  if (!open.test(target))
    problems.push(
      `${file}: imports ${target}. Another feature is reached through its contract, rules, queries or commands.`,
    );
  if (file.includes('/server/') && target.includes('/web/'))
    problems.push(`${file}: the server imports a screen, ${target}.`);
  // Screens may link to one another; the circle that hurts is that of the parts below them.
  if (!file.includes('/web/')) uses.set(from, (uses.get(from) ?? new Set()).add(to));
}

function checkName(file: string): void {
  const name = path.posix.basename(file);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.tsx?$/.test(name)) problems.push(`${file}: file names are kebab-case.`);
  if (/^(utils?|helpers?|common|manager|misc|index\.tsx)\b/.test(name))
    problems.push(`${file}: name it after what it does.`);
  if (name === 'index.ts' && !file.includes('/server/'))
    problems.push(`${file}: no barrels; import the file that has it.`);
}

function checkLength(file: string, text: string): void {
  const lines = text.split('\n').length;
  if (lines > 400) problems.push(`${file}: ${lines} lines. Past 400 a file wants dividing.`);
}

/** Each circle of features once, as the path that closes it. */
function circles(): string[][] {
  const found = new Map<string, string[]>();
  const visit = (feature: string, trail: string[]) => {
    const at = trail.indexOf(feature);
    if (at >= 0) {
      const circle = trail.slice(at);
      found.set(circle.toSorted().join(), [...circle, feature]);
      return;
    }
    for (const next of uses.get(feature) ?? []) visit(next, [...trail, feature]);
  };
  for (const feature of uses.keys()) visit(feature, []);
  return [...found.values()];
}
