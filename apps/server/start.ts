import { pino } from 'pino';
import type { FastifyInstance } from 'fastify';
import type { Config } from '#platform/config.ts';
import { Policy } from '#platform/contract/access.ts';
import { createSealer } from '#platform/crypto/seal.ts';
import { openDatabases, type Databases } from '#platform/db/databases.ts';
import { keepMending } from '#platform/db/moving/mend.ts';
import { clearErased } from '#platform/files/clear-erased.ts';
import { checkFiles, openFiles } from '#platform/files/open-files.ts';
import { buildServer } from '#platform/http/server.ts';
import type { Services } from '#platform/http/services.ts';
import { startWorkers, type Workers } from '#platform/jobs/worker.ts';
import { LiveHub } from '#platform/live/hub.ts';
import { Relay } from '#platform/live/relay.ts';
import { Rooms } from '#platform/live/rooms.ts';
import { OutboxMailer } from '#platform/mail/mailer.ts';
import { createAuth } from '#features/identity/server/auth.ts';
import { ControlAuthenticator } from '#features/identity/server/authenticator.ts';
import { identityFeatures } from '#features/identity/server/index.ts';
import { Providers } from '#features/identity/server/providers.ts';
import { Sessions } from '#features/identity/server/sessions.ts';
import { startSweeping } from '#features/identity/server/sweep.ts';
import { contracts, features } from './features.ts';
import { mountWebApp } from './web-app.ts';

export interface RunningApp {
  services: Services;
  http: FastifyInstance;
  workers: Workers | undefined;
  relay: Relay;
  /** Finishes requests and jobs under way, then closes everything. */
  stop(): Promise<void>;
}

/** Opens the databases and builds the parts that `config.roles` names. Listening is the caller's. */
export async function startApp(config: Config, opened?: Databases): Promise<RunningApp> {
  // Gathered and written four times a second, and at exit: a write per line cost as much as answering.
  const lines = pino.destination({ sync: false, minLength: 4_096, periodicFlush: 250 });
  const log = pino({ level: config.logLevel, redact: ['req.headers.authorization', 'req.headers.cookie'] }, lines);
  const sealer = createSealer(config);
  const files = openFiles(config.files);
  await checkFiles(files, log);
  const databases = opened ?? (await openDatabases(config));
  const mailer = new OutboxMailer(config, databases, log);
  const { auth, close: closeAuth } = createAuth(config, String(databases.controlPool.options.connectionString));
  const sessions = new Sessions(auth, { config, databases, mailer });
  const policy = new Policy(contracts);
  const authenticator = new ControlAuthenticator(databases, sessions, policy);
  const rooms = new Rooms(databases, log);
  rooms.start();
  const services: Services = { config, databases, log, mailer, files, sealer, authenticator, rooms, policy };
  const hub = new LiveHub(databases, log, rooms);
  hub.start();
  databases.lookAfter(log);
  const relay = new Relay(databases, log);
  relay.start();
  const doors = { sessions, authenticator, providers: new Providers(config) };
  const mounted = [...identityFeatures(doors), ...features];
  const http = await buildServer(services, mounted, hub);
  mountWebApp(http, services);
  await http.ready();
  const workers = config.roles.has('worker') ? await startWorkers(services, features) : undefined;
  if (workers) mailer.start();
  const stopSweeping = workers && startSweeping(databases, log);
  const stopMending = workers && keepMending(databases, log);
  const stopClearing = workers && clearErased(files.store, databases, log);
  return {
    services,
    http,
    workers,
    relay,
    async stop() {
      await http.close();
      mailer.stop();
      await stopSweeping?.();
      await stopMending?.();
      await stopClearing?.();
      await workers?.stop();
      await relay.stop();
      await rooms.stop();
      await hub.close();
      await closeAuth();
      await databases.close();
    },
  };
}
