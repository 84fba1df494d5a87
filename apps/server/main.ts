import { readConfig } from '#platform/config.ts';
import { startApp } from './start.ts';

export const config = readConfig();
const app = await startApp(config);
if (config.roles.has('api')) await app.http.listen({ port: config.port, host: config.host });

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    app.services.log.info({ signal }, 'finishing requests and jobs');
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        app.services.log.error({ err: error }, 'the shut-down failed');
        process.exit(1);
      },
    );
  });
}
