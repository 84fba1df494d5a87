import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oneAtATime, planCascade, type Settings } from './cascade-rules.ts';
import type { SkipReason } from './call-words.ts';
import { free, hour, Model, start } from './test/cascade-model.ts';

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
  const plan = planCascade(model.situation({ now: model.wakeAt ?? 0, obstacles }));
  expect(plan.actions).toMatchObject([{ do: 'send', callId: 'call-0' }]);
});

test('somebody whose obstacles nobody looked at makes a plan unsure, and nobody behind them is asked', () => {
  const model = modelOf(
    fc.sample(settings, { numRuns: 1, seed: 1 })[0] ?? expect.fail(),
    [{ after: 1_000, seats: 1 }],
    [{ zone: 'UTC', lasting: null, clashes: [] }],
  );
  const plan = planCascade(model.situation({ obstacles: new Map() }));
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
