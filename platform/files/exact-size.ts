import { Transform, type TransformCallback } from 'node:stream';

/** Passes bytes on, and fails when they are not exactly as many as were said. */
export class ExactSize extends Transform {
  readonly #expected: number;
  #passed = 0;

  constructor(expected: number) {
    super();
    this.#expected = expected;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#passed += chunk.length;
    if (this.#passed > this.#expected) done(new WrongSize(this.#expected));
    else done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    done(this.#passed === this.#expected ? null : new WrongSize(this.#expected));
  }
}

export class WrongSize extends Error {
  constructor(expected: number) {
    super(`Not ${expected} bytes.`);
    this.name = 'WrongSize';
  }
}
