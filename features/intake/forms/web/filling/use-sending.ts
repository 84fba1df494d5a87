import { useEffect, useRef, useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ApiError } from '#platform/client/client.ts';
import { keptAnswers } from '../../answer-rules.ts';
import type { FormSent, PublicForm } from '../../contract.ts';
import { workOut } from './proof-work.ts';
import { publicApi, type FormPlace } from './public-api.ts';

/** The form as it was published, with a token of this page’s own. What is being filled in is never changed under a hand. */
export function usePublicForm(params: FormPlace) {
  return useQuery({
    queryKey: ['public-form', params.org, params.slug],
    queryFn: async ({ signal }) => ({ form: await publicApi.read(params, signal), readAt: Date.now() }),
    retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status < 500),
    staleTime: Infinity,
    gcTime: 0,
  });
}

export interface ReadForm {
  form: PublicForm;
  /** By this device’s clock. */
  readAt: number;
}

/** What a name can’t hold anywhere is left out of it. */
function sendFile(params: FormPlace, { token }: PublicForm, proof: string, file: File) {
  const name = file.name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(-140);
  return publicApi.addFile(params, { token, proof, name, size: String(file.size) }, file);
}

/** What is sent; the field that no person sees is sent as it was found. */
export interface ToSend {
  answers: Readonly<Record<string, unknown>>;
  homepage: string;
}

/**
 * Sends once the page’s work is done and a person’s time has passed. A page that was open for too long gets a new token by
 * itself; nobody loses what they wrote.
 */
export function useSending(
  params: FormPlace,
  read: ReadForm | undefined,
  refresh: () => Promise<ReadForm | undefined>,
) {
  const proofOf = useProofs();
  const [sent, setSent] = useState<FormSent>();
  const attempt = async ({ form, readAt }: ReadForm, { answers, homepage }: ToSend): Promise<FormSent> => {
    const [proof] = await Promise.all([proofOf(form), waitUntil(readAt + form.waitMs)]);
    const kept = keptAnswers(form.fields, answers);
    return publicApi.submit(params, { token: form.token, proof, homepage, answers: kept });
  };
  const sending = useMutation({
    mutationFn: async (what: ToSend) => {
      if (!read) throw new Error('The form is not there yet.');
      return attempt(read, what).catch(async (error: unknown) => {
        const again = isOld(error) ? await refresh() : undefined;
        if (!again) throw error;
        return attempt(again, what);
      });
    },
    onSuccess: setSent,
  });
  const upload = async (file: File) => {
    if (!read) throw new Error('The form is not there yet.');
    const send = async ({ form, readAt }: ReadForm) => {
      const [proof] = await Promise.all([proofOf(form), waitUntil(readAt + form.waitMs)]);
      return sendFile(params, form, proof, file);
    };
    return send(read).catch(async (error: unknown) => {
      const again = isOld(error) ? await refresh() : undefined;
      if (!again) throw error;
      return send(again);
    });
  };
  return {
    upload,
    sent,
    sending,
    /** Begins the page’s work, while somebody writes. */
    prepare: () => {
      if (read) proofOf(read.form).catch(() => undefined);
    },
  };
}

function isOld(error: unknown): boolean {
  return error instanceof ApiError && ['form_stale', 'form_too_early'].includes(error.code);
}

function waitUntil(time: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, time - Date.now()));
  });
}

/** One proof for each token, worked out once. */
function useProofs() {
  const proofs = useRef(new Map<string, Promise<string>>());
  const left = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    left.current = controller;
    const known = proofs.current;
    return () => {
      controller.abort();
      known.clear();
    };
  }, []);
  return ({ token, proofBits }: PublicForm): Promise<string> => {
    const known = proofs.current.get(token) ?? workOut(token, proofBits, left.current.signal);
    proofs.current.set(token, known);
    return known;
  };
}
