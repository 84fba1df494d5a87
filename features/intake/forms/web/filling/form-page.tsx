import { CircleCheck, DoorClosed, Unlink } from 'lucide-react';
import { ApiError } from '#platform/client/client.ts';
import { cn } from '#platform/ui/class-names.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { usePageTitle } from '#platform/ui/use-page-title.ts';
import type { FormSent, PublicForm } from '../../contract.ts';
import { brandButton, BrandBar } from './brand.tsx';
import { Filling } from './filling.tsx';
import type { FormPlace } from './public-api.ts';
import { useFrameHeight } from './use-frame-height.ts';
import { usePublicForm, useSending } from './use-sending.ts';

/** A published form, for anybody who has its address; also within a page of another site (`embed`). */
export function FormPage({ embed, ...params }: FormPlace & { embed: boolean }) {
  const { data: read, error, refetch } = usePublicForm(params);
  const { sent, sending, prepare, upload } = useSending(params, read, () => refetch().then(({ data }) => data));
  const form = read?.form;
  usePageTitle(form ? `${form.title}, ${form.organisation.name}` : 'A form');
  const content = useFrameHeight(embed);
  const gone = error instanceof ApiError && error.status === 404;
  return (
    <div ref={content} className={cn(embed ? 'bg-transparent' : 'min-h-dvh')}>
      {form && <BrandBar {...form.organisation} />}
      <main className={cn('mx-auto w-full max-w-xl px-4', embed ? 'pt-4 pb-8' : 'pt-6 pb-16 sm:pt-10')}>
        {!form && !error && <SkeletonRows rows={8} />}
        {gone && (
          <EmptyState icon={Unlink} title="There is no such form">
            Perhaps a part of its address is missing, or it was taken down. Ask whoever gave it to you.
          </EmptyState>
        )}
        {!form && error && !gone && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {form && sent && <Thanks form={form} sent={sent} embedded={embed} />}
        {form && !sent && !form.open && <Closed form={form} />}
        {form && !sent && form.open && (
          <Filling
            {...params}
            form={form}
            sending={sending}
            upload={upload}
            onBegin={prepare}
            onStartAgain={() => void refetch()}
          />
        )}
      </main>
    </div>
  );
}

function Closed({ form: { title, organisation } }: { form: PublicForm }) {
  return (
    <EmptyState icon={DoorClosed} title={`“${title}” is closed`}>
      {organisation.name} takes nothing by this form at present. Look again later, or get in touch with them directly.
    </EmptyState>
  );
}

function Thanks({ form, sent, embedded }: { form: PublicForm; sent: FormSent; embedded: boolean }) {
  return (
    <section aria-labelledby="thanks" className="py-10">
      <CircleCheck aria-hidden className="size-10 text-good" />
      <h1
        id="thanks"
        tabIndex={-1}
        ref={(heading) => heading?.focus()}
        className="mt-4 text-2xl font-semibold outline-none"
      >
        It’s sent
      </h1>
      <p className="mt-2 text-[1rem] leading-normal text-pretty whitespace-pre-line">
        {sent.thanks || `${form.organisation.name} has it, and comes back to you.`}
      </p>
      {sent.statusPath ? (
        <>
          <a
            href={sent.statusPath}
            {...(embedded && { target: '_blank', rel: 'noopener' })}
            className="mt-6 inline-flex h-11 w-full items-center justify-center rounded-md bg-accent px-5 text-[1rem] font-medium text-on-accent sm:w-auto"
            style={brandButton(form.organisation.colour)}
          >
            See how it stands
          </a>
          <p className="mt-3 text-sm text-pretty text-ink-soft">
            Keep the address of that page: there you see what became of it, answer questions, or take it back.
          </p>
        </>
      ) : (
        <p className="mt-3 text-sm text-pretty text-ink-soft">
          The same came to us before. The link in the first mail leads to it.
        </p>
      )}
    </section>
  );
}
