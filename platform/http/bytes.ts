import type { Readable } from 'node:stream';

/** An answer of bytes, with its own status and headers; opened when the transaction has ended. */
export class Bytes {
  readonly status: 200 | 206 | 302 | 416;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: no body. */
  readonly open: (() => Promise<Readable | Buffer>) | undefined;

  constructor(
    status: Bytes['status'],
    headers: Readonly<Record<string, string>>,
    open?: () => Promise<Readable | Buffer>,
  ) {
    this.status = status;
    this.headers = headers;
    this.open = open;
  }
}
