import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  oneAtATime,
  planCascade,
  type Action,
  type Obstacles,
  type PlannedCall,
  type ServiceSeats,
  type Settings,
  type Situation,
} from './cascade-rules.ts';
import type { SkipReason } from './call-words.ts';
import { isQuiet } from './quiet-rules.ts';

const hour = 3_600_000;
const start = Date.parse('2027-03-20T10:00:00Z');
const free: Obstacles = { lasting: null, at: new Map(), calledUntil: null };

/** A cascade and its people, as the database would keep them. */
class Model {
  now = start;
  state: Situation['state'] = 'running';
  readonly settings: Settings;
  readonly services: ServiceSeats[];
  readonly calls: PlannedCall[];
  readonly obstacles: ReadonlyMap<string, Obstacles>;
  wakeAt: number | null = null;
  sent = 0;

  constructor(settings: Settings, services: ServiceSeats[], people: readonly { obstacles: Obstacles; zone: string }[]) {
    this.settings = settings;
    this.services = services;
    this.calls = people.map(({ zone }, index) => ({
      id: `call-${index}`,
      place: index + 1,
      state: 'planned',
      reason: null,
      zone,
      deadlineAt: null,
      remindAt: null,
      services: [],
      changed: false,
    }));
    this.obstacles = new Map(people.map(({ obstacles }, index) => [`call-${index}`, obstacles]));
  }

  /** Plans, does it, and looks that nothing is wrong; then that there is nothing more to do at that instant. */
  advance(): void {
    const plan = planCascade(this);
    expect(plan.unsure).toBe(false);
    for (const action of plan.actions) this.#carryOut(action);
    this.state = plan.state;
    this.wakeAt = plan.wakeAt;
    this.#check(plan.actions);
    expect(planCascade(this)).toMatchObject({ actions: [], state: this.state, wakeAt: this.wakeAt });
  }

  get open(): PlannedCall[] {
    return this.calls.filter(({ state }) => state === 'open');
  }

  asked(service: string): number {
    return this.open.filter(({ services }) => services.includes(service)).length;
  }

  /** Who accepts gets a seat at each service, or nothing. */
  accept(call: PlannedCall): void {
    const asked = this.services.filter(({ id }) => call.services.includes(id));
    const taken = this.settings.partial ? asked.filter(({ open }) => open > 0) : asked;
    expect(taken.length).toBeGreaterThan(0);
    for (const service of taken) {
      expect(service.open).toBeGreaterThan(0);
      service.open--;
    }
    call.state = 'accepted';
  }

  #callOf(callId: string): PlannedCall {
    return this.calls.find(({ id }) => id === callId) ?? expect.fail();
  }

  #carryOut(action: Action): void {
    const call = this.#callOf(action.callId);
    switch (action.do) {
      case 'send':
        expect(['planned', 'skipped', 'cancelled']).toContain(call.state);
        this.sent++;
        Object.assign(call, { ...action, state: 'open', reason: null, changed: false });
        break;
      case 'skip':
        Object.assign(call, { state: 'skipped', reason: action.reason });
        break;
      case 'cancel':
        Object.assign(call, { state: 'cancelled', reason: action.reason });
        break;
      case 'expire':
        call.state = 'expired';
        break;
      case 'remind':
        expect(isQuiet(this.settings, call.zone, this.now)).toBe(false);
        call.remindAt = null;
        break;
      case 'postpone':
        call.remindAt = action.remindAt;
        break;
      case 'tellChange':
        Object.assign(call, { services: action.services, deadlineAt: action.deadlineAt, changed: false });
    }
  }

  #check(actions: readonly Action[]): void {
    const { strategy, width, partial } = this.settings;
    for (const action of actions) {
      if (action.do !== 'send') continue;
      const { lasting, at } = this.obstacles.get(action.callId) ?? free;
      expect(lasting).toBeNull();
      expect(isQuiet(this.settings, this.#callOf(action.callId).zone, this.now)).toBe(false);
      expect(action.services.length).toBeGreaterThan(0);
      for (const id of action.services) {
        const service = this.services.find((one) => one.id === id) ?? expect.fail();
        expect(at.has(id)).toBe(false);
        expect(service.startsAt).toBeGreaterThan(this.now);
        expect(service.open).toBeGreaterThan(0);
        // A seat is asked for by one person at a time.
        if (strategy === 'one') expect(this.asked(id)).toBeLessThanOrEqual(service.open);
        expect(action.deadlineAt).toBeLessThanOrEqual(service.startsAt);
      }
    }
    if (strategy === 'some' && actions.some((action) => action.do === 'send'))
      expect(this.open.length).toBeLessThanOrEqual(width);
    for (const call of this.open) {
      const seats = this.services.filter(({ id }) => call.services.includes(id)).map(({ open }) => open);
      expect(partial ? Math.max(...seats) : Math.min(...seats)).toBeGreaterThan(0);
      expect(call.deadlineAt).toBeGreaterThan(this.now);
    }
    if (this.wakeAt !== null) expect(this.wakeAt).toBeGreaterThan(this.now);
    if (this.open.length > 0) expect(this.wakeAt).not.toBeNull();
    // There is always something to wait for, or an end.
    if (this.state === 'running') expect(this.wakeAt).not.toBeNull();
    else if (this.state !== 'paused' && this.state !== 'halted') expect([this.open, this.wakeAt]).toEqual([[], null]);
    if (this.state === 'done') expect(this.services.every(({ open }) => open === 0)).toBe(true);
  }
}

const settings = fc.record({
  strategy: fc.constantFrom('one', 'some', 'all'),
  width: fc.integer({ min: 1, max: 4 }),
  partial: fc.boolean(),
  deadlineMinutes: fc.integer({ min: 5, max: 3_000 }),
  lateWithinMinutes: fc.integer({ min: 0, max: 3_000 }),
  lateDeadlineMinutes: fc.integer({ min: 5, max: 600 }),
  reminderMinutes: fc.option(fc.integer({ min: 5, max: 600 })),
  quietFrom: fc.constantFrom(0, 1_260, 1_320),
  quietTo: fc.constantFrom(0, 420, 480),
}) satisfies fc.Arbitrary<Settings>;

const services = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 20 * 24 * 4 }), seats: fc.integer({ min: 1, max: 3 }) }),
  { minLength: 1, maxLength: 3 },
);
const clash = fc.constantFrom<SkipReason>('committed', 'on_leave', 'already_called');
const people = fc.array(
  fc.record({
    zone: fc.constantFrom('Europe/Berlin', 'America/New_York'),
    lasting: fc.option(fc.constant<SkipReason>('no_address'), { freq: 6 }),
    clashes: fc.array(fc.record({ service: fc.nat({ max: 2 }), reason: clash }), { maxLength: 1 }),
  }),
  { maxLength: 8 },
);
const events = fc.array(
  fc.record({
    what: fc.constantFrom(
      'accept',
      'accept',
      'decline',
      'wake',
      'wake',
      'later',
      'fill',
      'release',
      'move',
      'pause',
      'resume',
    ),
    which: fc.nat({ max: 7 }),
  }),
  { maxLength: 25 },
);

function modelOf(
  given: Settings,
  wanted: readonly { after: number; seats: number }[],
  who: readonly { zone: string; lasting: SkipReason | null; clashes: { service: number; reason: SkipReason }[] }[],
): Model {
  return new Model(
    given,
    wanted.map(({ after, seats }, index) => {
      const startsAt = start + after * (hour / 4);
      return { id: `service-${index}`, startsAt, endsAt: startsAt + 2 * hour, seats, open: seats };
    }),
    who.map(({ zone, lasting, clashes }) => ({
      zone,
      obstacles: {
        lasting,
        at: new Map(clashes.map(({ service, reason }) => [`service-${service}`, reason])),
        // In this world the other call has ended when it was waited for: so they stay passed over.
        calledUntil: null,
      },
    })),
  );
}

test('whatever happens: no more open calls than allowed, nobody at an obstacle, every seat once, and an end', () => {
  fc.assert(
    fc.property(settings, services, people, events, (given, wanted, who, happenings) => {
      const model = modelOf(given, wanted, who);
      model.advance();
      for (const { what, which } of happenings) {
        happen(model, what, which);
        model.advance();
      }
      if (model.state === 'paused') model.state = 'running';
      model.advance();
      // Left alone, it comes to an end: everybody is asked at most once more than others are too late.
      for (let step = 0; model.wakeAt !== null; step++) {
        expect(step).toBeLessThan(200);
        model.now = model.wakeAt;
        model.advance();
      }
      expect(['done', 'exhausted']).toContain(model.state);
    }),
    { numRuns: 300 },
  );
});

function happen(model: Model, what: string, which: number): void {
  const { open, services: all } = model;
  const call = open[which % Math.max(1, open.length)];
  const service = all[which % all.length];
  switch (what) {
    case 'accept':
      if (call) model.accept(call);
      break;
    case 'decline':
      if (call) call.state = 'declined';
      break;
    case 'wake':
      model.now = model.wakeAt ?? model.now;
      break;
    case 'later':
      model.now += which * hour;
      break;
    case 'fill':
      if (service && service.open > 0) service.open--;
      break;
    case 'release':
      // A round that is done stays done: calling goes on when somebody withdraws.
      if (service && service.open < service.seats && model.state !== 'done') service.open++;
      break;
    case 'move':
      if (service) {
        service.startsAt += hour;
        service.endsAt += hour;
        for (const one of open) if (one.services.includes(service.id)) one.changed = true;
      }
      break;
    case 'pause':
      if (model.state === 'running') model.state = 'paused';
      break;
    case 'resume':
      if (model.state === 'paused') model.state = 'running';
  }
}

test('who missed their turn is asked when the list is through', () => {
  const given: Settings = {
    strategy: 'one',
    width: 1,
    partial: false,
    deadlineMinutes: 60,
    lateWithinMinutes: 0,
    lateDeadlineMinutes: 60,
    reminderMinutes: null,
    quietFrom: 0,
    quietTo: 0,
  };
  const seat = { id: 's', startsAt: start + 100 * hour, endsAt: start + 102 * hour, seats: 1, open: 1 };
  const called = { lasting: null, at: new Map([['s', 'already_called' as const]]), calledUntil: start + 5 * hour };
  const model = new Model(
    given,
    [seat],
    [
      { zone: 'UTC', obstacles: called },
      { zone: 'UTC', obstacles: free },
    ],
  );
  model.advance();
  expect(model.calls.map(({ state }) => state)).toEqual(['skipped', 'open']);
  model.now = start + hour;
  model.advance();
  // Nobody else is left, so their other call is waited for, and a minute more.
  expect([model.state, model.wakeAt]).toEqual(['running', start + 5 * hour + 60_000]);
  const obstacles = new Map([['call-0', free]]);
  const plan = planCascade({ ...model, calls: model.calls, now: model.wakeAt ?? 0, obstacles });
  expect(plan.actions).toMatchObject([{ do: 'send', callId: 'call-0' }]);
});

test('somebody whose obstacles nobody looked at makes a plan unsure, and nobody behind them is asked', () => {
  const model = modelOf(
    fc.sample(settings, { numRuns: 1, seed: 1 })[0] ?? expect.fail(),
    [{ after: 1_000, seats: 1 }],
    [{ zone: 'UTC', lasting: null, clashes: [] }],
  );
  const plan = planCascade({ ...model, calls: model.calls, obstacles: new Map() });
  expect(plan).toMatchObject({ unsure: true, actions: [], state: 'running' });
});

test('of services at one time somebody is asked for the first', () => {
  const at = (id: string, from: number, to: number) => ({
    id,
    startsAt: from * hour,
    endsAt: to * hour,
    seats: 1,
    open: 1,
  });
  const chosen = oneAtATime([at('b', 11, 13), at('a', 10, 12), at('c', 12, 14)]);
  expect(chosen.map(({ id }) => id)).toEqual(['a', 'c']);
});
