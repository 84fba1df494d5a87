import { Badge } from '#platform/ui/badge.tsx';
import { useMinute } from '#platform/ui/use-minute.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Call } from '../cascade-contract.ts';
import { GradeBadge } from './candidate-list.tsx';
import { callSentence, callStateWords, unreachedWords } from './cascade-words.ts';

interface CallLogProps {
  calls: readonly Call[];
  onCall: (callId: string) => void;
  /** Says what each was for, where it isn’t one need’s. */
  subject?: (call: Call) => string;
}

/** Every attempt in plain words. */
export function CallLog({ calls, onCall, subject }: CallLogProps) {
  const org = useOrg();
  const now = useMinute();
  return (
    <ol aria-label="Calls" className="divide-y divide-line">
      {calls.map((call) => {
        const { label, tone } = callStateWords[call.state];
        const unreached = call.mail && unreachedWords[call.mail];
        return (
          <li key={call.id} className="relative flex items-start gap-3 px-4 py-2.5 hover:bg-hover/60">
            <div className="min-w-0 flex-1">
              <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
                <button
                  type="button"
                  onClick={() => onCall(call.id)}
                  title={call.name}
                  className="max-w-full min-w-0 truncate text-left text-sm font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
                >
                  {call.name}
                </button>
                {call.grade && <GradeBadge grade={call.grade} />}
                {call.questions > 0 && <Badge tone="danger">question</Badge>}
                {unreached && call.state === 'open' && !call.openedAt && <Badge tone="danger">{unreached}</Badge>}
              </div>
              {subject && <p className="truncate text-sm text-ink-soft">{subject(call)}</p>}
              <p className="text-xs text-pretty break-words text-ink-soft">{callSentence(call, org.zone, now)}</p>
            </div>
            <Badge tone={tone} className="mt-0.5 shrink-0">
              {label}
            </Badge>
          </li>
        );
      })}
    </ol>
  );
}
