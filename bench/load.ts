// A closed-loop load generator: `clients` connections, each sending its next request when the answer to the
// one before is complete. Written on sockets because it shares two cores with the server and the database:
// an HTTP client library took a third of them.
import { Socket } from 'node:net';

export interface Load {
  host: string;
  port: number;
  clients: number;
  seconds: number;
  /** The next request, complete with its headers. */
  request: (client: number, n: number) => string;
}

export interface LoadResult {
  perSecond: number;
  /** Answer times in milliseconds. */
  p50: number;
  p99: number;
  statuses: Record<string, number>;
}

export async function runLoad(load: Load): Promise<LoadResult> {
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  const started = performance.now();
  const end = started + load.seconds * 1_000;
  await Promise.all(Array.from({ length: load.clients }, (_, client) => runClient(load, client, end, times, statuses)));
  const elapsed = (performance.now() - started) / 1_000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { perSecond: times.length / elapsed, p50: at(0.5), p99: at(0.99), statuses };
}

function runClient(
  load: Load,
  client: number,
  end: number,
  times: number[],
  statuses: Record<string, number>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new Socket();
    let n = 0;
    let sentAt = 0;
    let received = Buffer.alloc(0);
    const send = () => {
      if (performance.now() >= end) {
        socket.end();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(load.request(client, n++));
    };
    socket.setNoDelay(true);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const head = received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const header = received.toString('latin1', 0, head);
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(header)?.[1] ?? 0);
      if (received.length < head + 4 + length) return;
      times.push(performance.now() - sentAt);
      const status = header.slice(9, 12);
      statuses[status] = (statuses[status] ?? 0) + 1;
      received = Buffer.alloc(0);
      send();
    });
    socket.connect(load.port, load.host, send);
  });
}

/** A request as text. */
export function httpRequest(method: string, path: string, key: string, body?: string, more = ''): string {
  const content =
    body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${key}\r\n${content}${more}\r\n${body ?? ''}`;
}
