import type { CancelReason, SkipReason } from './call-words.ts';
import type { CallState, CascadeState, Strategy } from './cascade-contract.ts';
import { isQuiet, quietEnd, reminderOf, shortestMinutes, timesOf, type Timing } from './quiet-rules.ts';

/** Instants here are milliseconds since 1970. */

const minute = 60_000;

export interface Settings extends Timing {
  strategy: Strategy;
  width: number;
  partial: boolean;
}

/** A service at which the need has seats. */
export interface ServiceSeats {
  id: string;
  startsAt: number;
  endsAt: number;
  seats: number;
  /** Seats that nobody has. */
  open: number;
}

export interface PlannedCall {
  id: string;
  /** Order in which they are asked. */
  place: number;
  state: CallState;
  reason: string | null;
  /** Of the person. */
  zone: string;
  deadlineAt: number | null;
  /** Null: no reminder, or reminded already. */
  remindAt: number | null;
  /** Services that the open call asks for. */
  services: readonly string[];
  /** Services were moved or taken away since they were told. */
  changed: boolean;
}

/** What speaks against asking somebody. */
export interface Obstacles {
  /** Whatever the service. */
  lasting: SkipReason | null;
  /** By service. */
  at: ReadonlyMap<string, SkipReason>;
  /** When the open calls for other things at that time end. */
  calledUntil: number | null;
}

export interface Situation {
  now: number;
  state: CascadeState;
  settings: Settings;
  services: readonly ServiceSeats[];
  calls: readonly PlannedCall[];
  /** By call, of those who may be asked next; who is missing was not looked at. */
  obstacles: ReadonlyMap<string, Obstacles>;
}

export type Action =
  | { do: 'expire'; callId: string }
  | { do: 'cancel'; callId: string; reason: CancelReason }
  | { do: 'remind'; callId: string }
  | { do: 'postpone'; callId: string; remindAt: number | null }
  /** Where parts are allowed a seat that others took only makes the offer smaller. */
  | { do: 'shrink'; callId: string; services: readonly string[] }
  /** The services that are still asked for, told anew; a deadline that still suits them. */
  | { do: 'tellChange'; callId: string; services: readonly string[]; deadlineAt: number }
  | { do: 'skip'; callId: string; reason: SkipReason }
  | { do: 'send'; callId: string; services: readonly string[]; deadlineAt: number; remindAt: number | null };

export interface Plan {
  actions: readonly Action[];
  state: CascadeState;
  /** When there is something to do next; null when only people can change anything. */
  wakeAt: number | null;
  /** Somebody's turn came whose obstacles are not known: find out, and plan again. */
  unsure: boolean;
}

/** What is to be done now, and when to look again. Doing it and planning again at the same instant changes nothing. */
export function planCascade(situation: Situation): Plan {
  const settled = new Map(
    situation.calls.flatMap((call) => (call.state === 'open' ? [[call.id, settle(situation, call)]] : [])),
  );
  const calls = situation.calls.map((call) => settled.get(call.id)?.after ?? call);
  const open = calls.filter(({ state }) => state === 'open');
  const turn = situation.state === 'running' ? nextTurns({ ...situation, calls }, open) : noTurns;
  const sent = turn.actions.flatMap((action) => (action.do === 'send' ? [action] : []));
  const again = new Set(sent.map(({ callId }) => callId));
  const wakes = [...open, ...sent].flatMap(({ deadlineAt, remindAt }) => [deadlineAt, remindAt]);
  const wakeAt = [...wakes, ...turn.waits].flatMap((at) => at ?? []).reduce(earlier, null);
  return {
    // Who is asked for another seat in the same moment is not told before that theirs is taken.
    actions: [...[...settled.values()].flatMap(({ actions }) => actions), ...turn.actions].filter(
      (action) => action.do === 'send' || !again.has(action.callId),
    ),
    state: stateAfter(situation, wakeAt !== null || turn.unsure),
    wakeAt,
    unsure: turn.unsure,
  };
}

function earlier(least: number | null, at: number): number {
  return least === null ? at : Math.min(least, at);
}

function stateAfter({ state, services }: Situation, busy: boolean): CascadeState {
  if (state === 'halted' || state === 'cancelled') return state;
  if (services.length === 0) return busy ? state : 'cancelled';
  if (services.every(({ open }) => open === 0)) return 'done';
  return state === 'running' && !busy ? 'exhausted' : state;
}

interface Settled {
  actions: Action[];
  /** The call as it is then. */
  after: PlannedCall;
}

/** An open call: over, to be taken back, to be told of a change, to be reminded. */
function settle({ now, settings, services }: Situation, call: PlannedCall): Settled {
  const { id: callId, zone } = call;
  const over = (action: Action, state: CallState, reason: CancelReason | null): Settled => ({
    actions: [action],
    after: { ...call, state, reason, services: [] },
  });
  const cancel = (reason: CancelReason) => over({ do: 'cancel', callId, reason }, 'cancelled', reason);
  const asked = services.filter(({ id }) => call.services.includes(id));
  if (asked.length === 0) return cancel('service_gone');
  if ((call.deadlineAt ?? now) <= now) return over({ do: 'expire', callId }, 'expired', null);
  const left = asked.filter(({ open }) => open > 0);
  if (left.length === 0) return cancel('filled');
  const after = { ...call, services: left.map(({ id }) => id), changed: false };
  const actions: Action[] = [];
  if (call.changed || asked.length < call.services.length || (left.length < asked.length && !settings.partial)) {
    const deadlineAt = Math.min(call.deadlineAt ?? now, ...left.map(({ startsAt }) => startsAt));
    if (deadlineAt <= now) return over({ do: 'expire', callId }, 'expired', null);
    actions.push({ do: 'tellChange', callId, services: after.services, deadlineAt });
    after.deadlineAt = deadlineAt;
    if (after.remindAt !== null && after.remindAt >= deadlineAt)
      after.remindAt = reminderOf(settings, zone, now, deadlineAt);
    if (after.remindAt !== call.remindAt) actions.push({ do: 'postpone', callId, remindAt: after.remindAt });
  } else if (left.length < asked.length) actions.push({ do: 'shrink', callId, services: after.services });
  if (after.remindAt !== null && after.remindAt <= now) {
    const awake = quietEnd(settings, zone, now);
    after.remindAt = awake > now && awake < (after.deadlineAt ?? now) ? awake : null;
    actions.push(awake === now ? { do: 'remind', callId } : { do: 'postpone', callId, remindAt: after.remindAt });
  }
  return { actions, after };
}

interface Turns {
  actions: Action[];
  /** Instants at which somebody whose turn it is can be asked. */
  waits: number[];
  unsure: boolean;
}

const noTurns: Turns = { actions: [], waits: [], unsure: false };

/** Open places that nobody is asked for, by the strategy. */
class Places {
  readonly #situation: Situation;
  readonly #asked: Map<string, number>;
  #calls: number;

  constructor(situation: Situation, open: readonly PlannedCall[]) {
    this.#situation = situation;
    this.#calls = open.length;
    this.#asked = new Map();
    for (const { services } of open) this.#count(services);
  }

  #count(services: readonly string[]): void {
    for (const id of services) this.#asked.set(id, (this.#asked.get(id) ?? 0) + 1);
  }

  /** What the next one is asked for; nothing when enough people are asked. */
  offer(): ServiceSeats[] {
    const { now, settings, services } = this.#situation;
    const ahead = openAhead(services, now);
    switch (settings.strategy) {
      case 'one':
        return ahead.filter(({ id, open }) => open > (this.#asked.get(id) ?? 0));
      case 'some':
        return this.#calls < settings.width ? ahead : [];
      case 'all':
        return ahead;
    }
  }

  take(services: readonly string[]): void {
    this.#calls++;
    this.#count(services);
  }
}

/** Services with open seats that begin late enough to ask somebody. */
export function openAhead(services: readonly ServiceSeats[], now: number): ServiceSeats[] {
  return services.filter(({ open, startsAt }) => open > 0 && startsAt >= now + shortestMinutes * minute);
}

/** Who is asked next: down the list, and then those who missed their turn by no choice of theirs. */
function nextTurns(situation: Situation, open: readonly PlannedCall[]): Turns {
  const turns: Turns = { actions: [], waits: [], unsure: false };
  const places = new Places(situation, open);
  const calls = situation.calls.toSorted((a, b) => a.place - b.place);
  const planned = calls.filter(({ state }) => state === 'planned');
  let waiting = [...askInTurn(situation, places, planned, turns), ...calls.filter(missedTurn)];
  // Until nobody more is asked: what one takes changes what is left for the others.
  for (;;) {
    const still = askInTurn(situation, places, waiting, turns);
    if (turns.unsure || still.length === waiting.length) return turns;
    waiting = still.toSorted((a, b) => a.place - b.place);
  }
}

/** @returns those who were passed over for now only */
function askInTurn(
  situation: Situation,
  places: Places,
  calls: readonly PlannedCall[],
  turns: Turns,
): readonly PlannedCall[] {
  const passed: PlannedCall[] = [];
  for (const [index, call] of calls.entries()) {
    const offer = places.offer();
    if (offer.length === 0) {
      if (call.state !== 'planned') return [...passed, ...calls.slice(index)];
      if (!isTooLate(situation)) return passed;
      turns.actions.push({ do: 'skip', callId: call.id, reason: 'too_late' });
      continue;
    }
    const obstacles = situation.obstacles.get(call.id);
    turns.unsure ||= !obstacles;
    if (!obstacles) return passed;
    const { action, wait, services } = decide(situation, call, offer, obstacles);
    if (wait !== undefined) turns.waits.push(wait);
    if (services) places.take(services);
    if (action && !sameSkip(call, action)) turns.actions.push(action);
    if (action?.do !== 'skip') continue;
    if (call.state === 'cancelled') passed.push(call);
    else if (action.reason === 'already_called') passed.push({ ...call, state: 'skipped', reason: action.reason });
  }
  return passed;
}

/** They were being called for something else, or others were faster: they are asked again when nobody else is left. */
export function missedTurn({ state, reason }: Pick<PlannedCall, 'state' | 'reason'>): boolean {
  return (state === 'skipped' && reason === 'already_called') || (state === 'cancelled' && reason === 'filled');
}

/** There are open seats, at services that begin too soon to ask anybody. */
function isTooLate({ now, services }: Situation): boolean {
  return services.some(({ open }) => open > 0) && openAhead(services, now).length === 0;
}

function sameSkip({ state, reason }: PlannedCall, action: Action): boolean {
  if (action.do !== 'skip') return false;
  return (state === 'skipped' && reason === action.reason) || state === 'cancelled';
}

interface Decision {
  action?: Action;
  wait?: number;
  /** Places that are theirs now, whether they are asked now or when they are awake. */
  services?: readonly string[];
}

function decide(
  { now, settings }: Situation,
  { id: callId, zone }: PlannedCall,
  offer: readonly ServiceSeats[],
  { lasting, at, calledUntil }: Obstacles,
): Decision {
  if (lasting) return { action: { do: 'skip', callId, reason: lasting } };
  const suits = offer.filter(({ id }) => !at.has(id));
  const free = oneAtATime(settings.partial ? suits : offer).filter((service) => suits.includes(service));
  if (free.length === 0 || (free.length < oneAtATime(offer).length && !settings.partial)) {
    const reason = worstOf(offer.flatMap(({ id }) => at.get(id) ?? []));
    const again = reason === 'already_called' && calledUntil !== null ? Math.max(calledUntil, now) + minute : undefined;
    return { action: { do: 'skip', callId, reason }, ...(again !== undefined && { wait: again }) };
  }
  const services = free.map(({ id }) => id);
  const startsAt = Math.min(...free.map((service) => service.startsAt));
  if (isQuiet(settings, zone, now)) {
    const wait = quietEnd(settings, zone, now);
    if (startsAt < wait + shortestMinutes * minute) return { action: { do: 'skip', callId, reason: 'too_late' } };
    return { wait, services };
  }
  return { action: { do: 'send', callId, services, ...timesOf(settings, zone, now, startsAt) }, services };
}

/** Nobody can be at two services at once: of those that overlap, the first. */
export function oneAtATime(services: readonly ServiceSeats[]): ServiceSeats[] {
  const chosen: ServiceSeats[] = [];
  for (const service of services.toSorted((a, b) => a.startsAt - b.startsAt)) {
    if (chosen.every(({ endsAt }) => endsAt <= service.startsAt)) chosen.push(service);
  }
  return chosen;
}

/** What lasts longest says most. */
const gravest: readonly SkipReason[] = ['on_roster_already', 'committed', 'on_leave', 'already_called'];

function worstOf(reasons: readonly SkipReason[]): SkipReason {
  return gravest.find((reason) => reasons.includes(reason)) ?? 'already_called';
}

/**
 * Whether somebody may accept after all who had declined or missed the deadline: while there are seats that nobody else
 * is being asked for, where one at a time is asked; while there are seats at all, where the first come.
 */
export function freeSeats({ strategy }: Pick<Settings, 'strategy'>, open: number, asked: number): number {
  return Math.max(0, strategy === 'one' ? open - asked : open);
}
