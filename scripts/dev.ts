// `npm run dev`: the server, restarted on each change, and Vite with hot reload in front of it.
import { spawn } from 'node:child_process';
import path from 'node:path';

const server = spawn(process.execPath, ['--watch', 'apps/server/main.ts'], { stdio: 'inherit' });
const vite = spawn(process.execPath, [path.resolve('node_modules/vite/bin/vite.js'), '--open'], { stdio: 'inherit' });

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    vite.kill(signal);
    server.kill(signal);
  });
}
server.on('exit', (code) => {
  vite.kill();
  process.exitCode = code ?? 0;
});
