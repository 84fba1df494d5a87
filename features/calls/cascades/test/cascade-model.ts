import assert from 'node:assert/strict';
import {
  planCascade,
  type Action,
  type Obstacles,
  type PlannedCall,
  type ServiceSeats,
  type Settings,
  type Situation,
} from '../cascade-rules.ts';
import { isQuiet } from '../quiet-rules.ts';

export const hour = 3_600_000;
export const start = Date.parse('2027-03-20T10:00:00Z');
export const free: Obstacles = { lasting: null, at: new Map(), calledUntil: null };

/** A cascade and its people, as the database would keep them. It looks at every plan, and at what comes of it. */
export class Model {
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
    const plan = planCascade(this.situation());
    assert.equal(plan.unsure, false);
    for (const action of plan.actions) this.#carryOut(action);
    this.state = plan.state;
    this.wakeAt = plan.wakeAt;
    this.#check(plan.actions);
    const { actions, state, wakeAt } = planCascade(this.situation());
    assert.deepEqual({ actions, state, wakeAt }, { actions: [], state: this.state, wakeAt: this.wakeAt });
  }

  /** As the rules read it, with other values where they are given. */
  situation(other: Partial<Situation> = {}): Situation {
    const { now, state, settings, services, calls, obstacles } = this;
    return { now, state, settings, services, calls, obstacles, ...other };
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
    for (const service of asked) {
      assert(service.open > 0);
      service.open--;
    }
    call.state = 'accepted';
  }

  #callOf(callId: string): PlannedCall {
    return this.calls.find(({ id }) => id === callId) ?? assert.fail();
  }

  #carryOut(action: Action): void {
    const call = this.#callOf(action.callId);
    switch (action.do) {
      case 'send':
        assert(['planned', 'skipped', 'cancelled', 'open'].includes(call.state));
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
        assert(!isQuiet(this.settings, call.zone, this.now));
        call.remindAt = null;
        break;
      case 'postpone':
        call.remindAt = action.remindAt;
        break;
      case 'shrink':
        call.services = action.services;
        break;
      case 'tellChange':
        Object.assign(call, { services: action.services, deadlineAt: action.deadlineAt, changed: false });
    }
  }

  #check(actions: readonly Action[]): void {
    const { strategy, width } = this.settings;
    for (const action of actions) {
      if (action.do !== 'send') continue;
      const { lasting, at } = this.obstacles.get(action.callId) ?? free;
      assert.equal(lasting, null);
      assert(!isQuiet(this.settings, this.#callOf(action.callId).zone, this.now));
      assert(action.services.length > 0);
      for (const id of action.services) {
        const service = this.services.find((one) => one.id === id) ?? assert.fail();
        assert(!at.has(id));
        assert(service.startsAt > this.now);
        assert(service.open > 0);
        // A seat is asked for by one person at a time.
        if (strategy === 'one') assert(this.asked(id) <= service.open);
        assert(action.deadlineAt <= service.startsAt);
      }
    }
    if (strategy === 'some' && actions.some((action) => action.do === 'send')) assert(this.open.length <= width);
    for (const call of this.open) {
      const seats = this.services.filter(({ id }) => call.services.includes(id)).map(({ open }) => open);
      assert(seats.length > 0 && Math.min(...seats) > 0);
      assert((call.deadlineAt ?? 0) > this.now);
    }
    assert(this.wakeAt === null || this.wakeAt > this.now);
    assert(this.open.length === 0 || this.wakeAt !== null);
    // There is always something to wait for, or an end.
    if (this.state === 'running') assert(this.wakeAt !== null);
    else if (this.state !== 'paused' && this.state !== 'halted') assert.deepEqual([this.open, this.wakeAt], [[], null]);
    assert(this.state !== 'done' || this.services.every(({ open }) => open === 0));
  }
}
