import { Transform, TransformCallback } from 'node:stream';
import { TooLargeError } from './TooLargeError';

/**
 * Lets a stream through up to a number of bytes.
 *
 * @throws TooLargeError (as the error of the stream) beyond
 * @internal
 */
export class ByteLimit extends Transform {
  readonly #limit: number;
  #seen = 0;

  constructor(limit: number) {
    super();
    this.#limit = limit;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    callback: TransformCallback,
  ): void {
    this.#seen += chunk.length;
    if (this.#seen > this.#limit) {
      callback(tooLarge(this.#limit));
    } else {
      callback(undefined, chunk);
    }
  }
}

/** @internal */
export function tooLarge(limit: number): TooLargeError {
  return new TooLargeError(
    `A request to Git may have at most ${limit} bytes; for a push it is forge.limits.maxPushBytes`,
  );
}
