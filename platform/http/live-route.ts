import type { FastifyInstance } from 'fastify';
import type { Route } from '../contract/contract.ts';
import type { ChangeNote } from '../db/changes.ts';
import type { LiveHub } from '../live/hub.ts';
import { recordLook } from './access-record.ts';
import type { RoomKind } from './feature.ts';
import { RoomVisits } from './live-rooms.ts';
import { callerOf, requireOwnOrigin } from './mount.ts';
import type { Services } from './services.ts';

/** How often a follower's right to follow is looked at again, in milliseconds: leaving an organisation ends the socket. */
const recheck = 3_000;
/** Rooms ask the database: at each so many of these looks. */
const roomsEach = 2;
/** Beyond so many unsent bytes the follower is too slow; it is cut off and starts anew. */
const backlog = 1_000_000;

/**
 * `GET /api/v1/orgs/:org/live` as a WebSocket: `{ type: 'changes', changes: [{ entity, id, version, operation }] }`
 * after each commit. It says what changed and not what it became: contents come by the API and its permissions.
 * People also enter rooms on it: see `RoomVisits`.
 */
export function mountLive(app: FastifyInstance, services: Services, hub: LiveHub, kinds: readonly RoomKind[]): void {
  app.get(
    '/api/v1/orgs/:org/live',
    {
      websocket: true,
      preValidation: async (request) => {
        requireOwnOrigin(request, services.config.origin);
        await callerOf(services, request, route);
      },
    },
    async (socket, request) => {
      // What is said before we know who asks waits.
      const early: string[] = [];
      let hear = (text: string): void => void early.push(text);
      socket.on('message', (data: unknown) => hear(String(data)));
      socket.on('error', () => undefined);
      let caller = await callerOf(services, request);
      await recordLook(services, request, caller, { method: 'GET' });
      const visits = new RoomVisits(socket, services, kinds, { request, caller });
      const stop = hub.follow(caller.organisation.id, (all, resync) => {
        // Who sees a part of the organisation learns that something of a kind changed, not which one.
        const changes = caller.can(followPermission) ? all : withoutIds(all);
        if (socket.bufferedAmount > backlog) socket.close(1013, 'Too slow.');
        else socket.send(JSON.stringify(resync ? { type: 'resync' } : { type: 'changes', changes }));
      });
      hear = (text) => visits.hear(text);
      for (const text of early.splice(0)) hear(text);
      let looks = 0;
      let answered = true;
      const timer = setInterval(() => {
        // A line that broke without a word would keep its visitor in sight.
        if (!answered) return socket.terminate();
        answered = false;
        socket.ping();
        callerOf(services, request)
          .then(async (now) => {
            caller = now;
            looks += 1;
            if (looks % roomsEach === 0) await visits.recheck(now).catch(() => undefined);
          })
          .catch(() => socket.close(4401, 'No longer allowed.'));
      }, recheck);
      socket.on('pong', () => {
        answered = true;
      });
      const end = () => {
        clearInterval(timer);
        stop();
        visits.end();
      };
      socket.on('close', end);
      // It may have closed while we looked who asks.
      if (socket.readyState !== socket.OPEN) end();
    },
  );
}

/** As refused access is recorded. */
const route: Route = { method: 'GET', path: '/live', summary: 'Which records change.' };

function withoutIds(changes: readonly ChangeNote[]): ChangeNote[] {
  const entities = new Set(changes.map(({ entity }) => entity));
  return [...entities].map((entity) => ({ entity, id: nobody, version: null, operation: 'update' }));
}

/** Of the organisations feature: to be told which records change. */
const followPermission = 'organisation.follow';
const nobody = '00000000-0000-0000-0000-000000000000';
