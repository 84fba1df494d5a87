import { readConfig } from '#platform/config.ts';
import { startApp } from './start.ts';

export const config = readConfig();
const app = await startApp(config);
if (config.roles.has('api')) await app.http.listen({ port: config.port, host: config.host });

/** When the shut-down began. Ctrl+C reaches us twice, from the terminal and passed on by npm; later means impatience. */
let stoppingSince: number | undefined;
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stoppingSince !== undefined) {
      if (Date.now() - stoppingSince > 1_000) process.exit(1);
      return;
    }
    stoppingSince = Date.now();
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
