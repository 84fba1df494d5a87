import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, MessageSquare } from 'lucide-react';
import { useState } from 'react';
import { urlOf } from '#platform/client/client.ts';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { AnswerField } from '../../web/answer-field.tsx';
import { CommentForm, CommentThread } from '../../web/comment-thread.tsx';
import { StateBadge } from '../../web/state-badge.tsx';
import { shownAnswer } from '../../web/item-words.ts';
import { theyMayMark, type Mark } from '../../rules.ts';
import { outsideAdvance, type TheirItem } from '../contract.ts';
import { outsideApi, sheetQuery, type LinkParams } from './outside-queries.ts';
import { TheirFileField } from './their-file-field.tsx';

interface CardProps {
  item: TheirItem;
  organisation: string;
  params: LinkParams;
}

/** One thing: theirs to answer, or ours to agree to; and what was said about it. */
export function TheirItemCard({ item, organisation, params }: CardProps) {
  const { title, hint, side, state, comments } = item;
  const [talking, setTalking] = useState(false);
  // Whoever has spoken stays where they were.
  const [talked, setTalked] = useState(false);
  const acts = useTheirActs(item, params);
  return (
    <li className="grid grid-cols-1 gap-2 px-4 py-3.5">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="text-base font-medium break-words">{title}</h3>
          {hint && <p className="text-sm text-pretty break-words text-ink-soft">{hint}</p>}
        </div>
        {state !== 'open' && <StateBadge state={state} />}
      </div>
      {side === 'us' && <TheirReading item={item} organisation={organisation} params={params} />}
      {side === 'them' && item.kind === 'file' && <TheirFileField item={item} params={params} onSent={acts.show} />}
      {side === 'them' && item.kind !== 'file' && <AnswerField item={item} onSave={acts.answer} roomy />}
      {comments.length > 0 && <CommentThread comments={comments} mine="them" />}
      {talking ? (
        <CommentForm
          title={title}
          action="Send"
          placeholder={`${organisation} reads it.`}
          size="lg"
          onSend={async ({ body }) => {
            await acts.comment(body);
            setTalked(true);
            setTalking(false);
          }}
          autoFocus
        />
      ) : (
        <Button
          variant="ghost"
          size="sm"
          aria-label={`Ask or comment: ${title}`}
          className="-ml-1.5 min-h-8 justify-self-start px-1.5"
          autoFocus={talked}
          onClick={() => setTalking(true)}
        >
          <MessageSquare aria-hidden /> Ask or comment
        </Button>
      )}
    </li>
  );
}

/** What the organisation says, and whether that is all right. */
function TheirReading({ item, organisation, params }: CardProps) {
  const acts = useTheirActs(item, params);
  const { kind, answer, state, hasFile, title } = item;
  if (answer === '') return <p className="text-base text-ink-faint">{organisation} will answer this.</p>;
  const file = urlOf(outsideAdvance.routes.file, { params: { ...params, itemId: item.id } });
  return (
    <div className="grid grid-cols-1 gap-2">
      {hasFile ? (
        <Button asChild size="lg" className="max-w-full justify-self-start">
          <a href={file} download>
            <Download aria-hidden /> <span className="truncate">{answer}</span>
          </a>
        </Button>
      ) : (
        <p className="text-base break-words whitespace-pre-line">{shownAnswer(kind, answer)}</p>
      )}
      {theyMayMark(item) && (
        <div className="flex flex-wrap gap-2">
          {/* Both stay where they are: whoever presses twice says the same twice. */}
          <Button
            size="lg"
            variant={state === 'agreed' ? 'secondary' : 'primary'}
            aria-label={`That’s fine: ${title}`}
            aria-pressed={state === 'agreed'}
            aria-disabled={acts.marking || state === 'agreed'}
            onClick={() => acts.mark('agreed')}
          >
            That’s fine
          </Button>
          <Button
            size="lg"
            aria-label={`There’s a problem: ${title}`}
            aria-pressed={state === 'problem'}
            aria-disabled={acts.marking || state === 'problem'}
            onClick={() => acts.mark('problem')}
          >
            There’s a problem
          </Button>
        </div>
      )}
      {acts.refused && <ErrorNotice error={acts.refused} />}
    </div>
  );
}

/** What comes back is shown before everything is asked for again. */
function useTheirActs({ id, version }: TheirItem, params: LinkParams) {
  const queries = useQueryClient();
  const { queryKey } = sheetQuery(params);
  const at = { ...params, itemId: id };
  const show = (item: TheirItem) => {
    queries.setQueryData(queryKey, (now) =>
      now ? { ...now, items: now.items.map((each) => (each.id === item.id ? item : each)) } : now,
    );
    return item;
  };
  const marking = useMutation({
    mutationFn: (mark: Mark) => outsideApi.mark({ params: at, body: { version, mark } }).then(show),
    // Whatever was refused, the page then shows what is true.
    onError: () => queries.invalidateQueries({ queryKey }),
  });
  return {
    show,
    answer: (given: { answer: string; version: number }) => outsideApi.answer({ params: at, body: given }).then(show),
    comment: (body: string) => outsideApi.comment({ params: at, body: { body } }).then(show),
    mark: (mark: Mark) => marking.mutate(mark),
    marking: marking.isPending,
    refused: marking.error,
  };
}
