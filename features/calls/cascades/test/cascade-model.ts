import { expect } from 'vitest';
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
    expect(plan.unsure).toBe(false);
    for (const action of plan.actions) this.#carryOut(action);
    this.state = plan.state;
    this.wakeAt = plan.wakeAt;
    this.#check(plan.actions);
    expect(planCascade(this.situation())).toMatchObject({ actions: [], state: this.state, wakeAt: this.wakeAt });
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
