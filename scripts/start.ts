// `npm start`: builds the web app when its sources changed, then runs the server in this process.
import { buildWhenStale } from './build.ts';

await buildWhenStale();
const { config } = await import('#apps/server/main.ts');
if (config.roles.has('api'))
  console.log(
    `\nHoldfast is ready: http://localhost:${config.port}  (stop with Ctrl+C; data is kept in ${config.dataFolder})\n`,
  );
