import type { ChangeCall } from '#platform/client/use-change.ts';
import type { Call } from '../cascade-contract.ts';
import type { DeclineReason, WithdrawReason } from '../person-call-contract.ts';
import { callsApi } from './call-queries.ts';

/** What the office does about one call. */
export type CallAct =
  | { kind: 'sendNow' }
  | { kind: 'renewLink' }
  | { kind: 'skip'; note: string }
  | { kind: 'extend'; deadlineAt: string }
  | { kind: 'accept'; services: string[] }
  | { kind: 'decline'; reason: DeclineReason; note: string }
  | { kind: 'withdraw'; reason: WithdrawReason; note: string };

export function actOnCall(org: string, id: string, act: CallAct, call: ChangeCall): Promise<Call> {
  const to = { org, params: { id } };
  switch (act.kind) {
    case 'sendNow':
    case 'renewLink':
      return callsApi[act.kind]({ ...to, body: {} }, call);
    case 'skip':
      return callsApi.skip({ ...to, body: { note: act.note } }, call);
    case 'extend':
      return callsApi.extend({ ...to, body: { deadlineAt: act.deadlineAt } }, call);
    case 'accept':
      return callsApi.accept({ ...to, body: { services: act.services } }, call);
    case 'decline':
      return callsApi.decline({ ...to, body: { reason: act.reason, note: act.note } }, call);
    case 'withdraw':
      return callsApi.withdraw({ ...to, body: { reason: act.reason, note: act.note } }, call);
  }
}
