import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { Form } from '../../contract.ts';
import { formQuery, formsApi } from '../form-queries.ts';

/** What is written in the builder. */
export type Draft = Pick<Form, 'title' | 'intro' | 'thanks' | 'fields'>;

const partsOf = ({ title, intro, thanks, fields }: Form): Draft => ({ title, intro, thanks, fields });
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** After the last key, in milliseconds. */
const pause = 700;

/**
 * A draft that saves itself, one change after the other, and takes over what others change while nothing is unsaved here.
 * When both changed the same, nothing is saved, and `error` says so until `takeTheirs`.
 */
export function useDraft(org: string, form: Form) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => partsOf(form));
  const [error, setError] = useState<unknown>(null);
  const [writer] = useState(
    () =>
      new DraftWriter(form, async (body) => {
        const answer = await formsApi.change({ org, params: { id: form.id }, body });
        queries.setQueryData(formQuery(org, form.id).queryKey, answer);
        return answer.version;
      }),
  );
  const save = useCallback(() => writer.save().then(() => setError(null), setError), [writer]);
  const adopt = useCallback(
    (newer: Form) => {
      writer.adopt(newer);
      setDraft(writer.draft);
      setError(null);
    },
    [writer],
  );
  useEffect(() => {
    if (form.version > writer.version && !writer.unsaved) adopt(form);
  }, [form, writer, adopt]);
  useEffect(() => {
    if (!writer.unsaved) return undefined;
    const timer = setTimeout(() => void save(), pause);
    return () => clearTimeout(timer);
  }, [draft, writer, save]);
  // What was typed just before somebody leaves is saved too.
  useEffect(() => () => void save(), [save]);
  return {
    draft,
    change: (part: Partial<Draft>) => {
      writer.draft = { ...writer.draft, ...part };
      setDraft(writer.draft);
    },
    unsaved: writer.unsaved,
    error,
    /** Saves what is unsaved. @returns the version that is saved then */
    flush: async () => {
      await writer.save();
      return writer.version;
    },
    adopt,
    takeTheirs: async () => adopt(await queries.fetchQuery({ ...formQuery(org, form.id), staleTime: 0 })),
  };
}

type Changes = Partial<Draft> & { version: number };

/** What is written and what of it is saved; saves one after the other, and only what changed. */
class DraftWriter {
  draft: Draft;
  version: number;
  #saved: Draft;
  #line: Promise<unknown> = Promise.resolve();
  readonly #send: (changes: Changes) => Promise<number>;

  /** @param send saves changes. @returns the version that they made */
  constructor(form: Form, send: (changes: Changes) => Promise<number>) {
    this.draft = this.#saved = partsOf(form);
    this.version = form.version;
    this.#send = send;
  }

  get unsaved(): boolean {
    return !same(this.draft, this.#saved);
  }

  adopt(form: Form): void {
    this.draft = this.#saved = partsOf(form);
    this.version = form.version;
  }

  save(): Promise<void> {
    const next = this.#line.then(() => this.#saveOnce());
    this.#line = next.catch(() => undefined);
    return next;
  }

  async #saveOnce(): Promise<void> {
    const { draft } = this;
    const before = this.#saved;
    if (same(draft, before)) return;
    const { title, intro, thanks, fields } = draft;
    this.version = await this.#send({
      version: this.version,
      ...(title !== before.title && { title }),
      ...(intro !== before.intro && { intro }),
      ...(thanks !== before.thanks && { thanks }),
      ...(!same(fields, before.fields) && { fields }),
    });
    this.#saved = draft;
  }
}
