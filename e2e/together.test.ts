import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { detailsContract } from '#features/engagements/details/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { notes } from '#features/engagements/notes/contract.ts';
import { readDocument } from '#features/engagements/notes/document-rules.ts';
import { documentOf } from '#features/engagements/notes/update-rules.ts';
import { setlists } from '#features/engagements/setlists/contract.ts';
import { useStage } from './browser.ts';

const stage = useStage();
const org = 'test';
/** How long two windows write at once, in milliseconds; a minute with TOGETHER_SECONDS=60. */
const together = Number(process.env['TOGETHER_SECONDS'] ?? 15) * 1_000;

const begin = () => ({ rounds: 0, words: [] as string[] });

interface Writer {
  page: Page;
  name: string;
  /** Its own field of the details. */
  field: string;
  key: string;
  /** What it adds to the set. */
  entry: 'Talk' | 'Break';
  rounds: number;
  words: string[];
}

test(
  'two windows write the details, a note and the setlist of one engagement at once: nothing is lost',
  { timeout: 120_000 + together * 2 },
  async () => {
    const { app } = stage;
    const times = { startsAt: '2031-05-01T18:00:00.000Z', endsAt: '2031-05-01T21:00:00.000Z' };
    await app.databases.control
      .updateTable('organisations')
      .set({ packs: ['touring'] })
      .where('id', '=', app.org.id)
      .execute();
    const { id } = await app
      .client(engagements)
      .create({ org, body: { title: 'Paradiso', pack: 'touring', ...times } });
    const params = { id };
    const note = await app.client(notes).create({ org, params, body: { title: 'Tech' } });
    await app.client(setlists).addSet({ org, params, body: { name: 'Main set', kind: 'set' } });
    const writers: Writer[] = [
      { page: await stage.openSignedIn(), name: 'ann', field: 'Backline', key: 'backline', entry: 'Talk', ...begin() },
      {
        page: await stage.openSignedIn(),
        name: 'ben',
        field: 'Merch terms',
        key: 'merch_terms',
        entry: 'Break',
        ...begin(),
      },
    ];
    for (const { page } of writers) await page.goto(`/o/test/engagements/${id}`);
    const until = Date.now() + together;
    await Promise.all(writers.map((writer) => write(writer, () => Date.now() > until && writer.rounds > 0)));

    const { values } = await app.client(detailsContract).get({ org, params });
    const { entries } = await app.client(setlists).get({ org, params });
    for (const { key, name, rounds, entry } of writers) {
      expect(values[key]).toBe(`${name} ${rounds}`);
      expect(entries.filter((one) => one.name === entry)).toHaveLength(rounds);
    }
    const { update } = await app.client(notes).document({ org, params: { id: note.id }, query: {} });
    const { words } = readDocument(documentOf([new Uint8Array(Buffer.from(update, 'base64'))]));
    const letters = (text: string) => text.replaceAll(/\s+/g, '').split('').toSorted().join('');
    expect(letters(words)).toBe(letters(writers.flatMap((writer) => writer.words).join('')));
    stage.quiet();
  },
);

/** Round after round through the three tabs, as long as it isn't over. */
async function write(writer: Writer, isOver: () => boolean): Promise<void> {
  const { page, name, field, entry } = writer;
  const dialog = page.getByRole('dialog');
  while (!isOver()) {
    const round = writer.rounds + 1;
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByRole('button', { name: 'Edit details' }).click();
    await dialog.getByLabel(field).fill(`${name} ${round}`);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });

    await page.getByRole('tab', { name: /^Notes/ }).click();
    await page.getByRole('textbox', { name: 'Tech' }).click();
    await page.keyboard.press(round % 2 ? 'Control+End' : 'Control+Home');
    const word = `${name}${round}`;
    await page.keyboard.type(`${word} `, { delay: 10 });
    writer.words.push(word);
    await page.getByText('Saved', { exact: true }).waitFor();

    await page.getByRole('tab', { name: 'Setlist' }).click();
    await page
      .getByRole('region', { name: 'Main set' })
      .getByRole('button', { name: entry, exact: true })
      .last()
      .click();
    const entries = page.getByRole('list', { name: 'Entries of Main set' });
    await expect.poll(() => entries.getByText(entry, { exact: true }).count()).toBe(round);
    writer.rounds = round;
  }
}
