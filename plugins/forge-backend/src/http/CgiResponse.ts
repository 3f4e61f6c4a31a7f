import { Response } from 'express';
import { Transform, TransformCallback } from 'node:stream';

const MAX_HEADER_BYTES = 16 * 1024;

/**
 * Reads the headers that a CGI program writes before its answer (RFC 3875,
 * section 6), gives them to the response, and lets the rest through.
 *
 * @internal
 */
export class CgiResponse extends Transform {
  readonly #res: Response;
  #head: Buffer | undefined = Buffer.alloc(0);

  constructor(res: Response) {
    super();
    this.#res = res;
  }

  /** Whether the program came as far as to end its headers. */
  get started(): boolean {
    return this.#head === undefined;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    callback: TransformCallback,
  ): void {
    if (this.#head === undefined) {
      callback(undefined, chunk);
      return;
    }
    this.#head = Buffer.concat([this.#head, chunk]);
    const end = this.#head.indexOf('\r\n\r\n');
    if (end < 0) {
      const tooLong = this.#head.length > MAX_HEADER_BYTES;
      callback(
        tooLong ? new Error('The headers of the answer never end') : undefined,
      );
      return;
    }
    const rest = this.#head.subarray(end + 4);
    this.#apply(this.#head.subarray(0, end).toString('latin1'));
    this.#head = undefined;
    callback(undefined, rest.length > 0 ? rest : undefined);
  }

  #apply(head: string): void {
    for (const line of head.split('\r\n')) {
      const colon = line.indexOf(':');
      const name = line.slice(0, colon).trim();
      const value = line.slice(colon + 1).trim();
      if (name.toLowerCase() === 'status') {
        this.#res.status(Number.parseInt(value, 10) || 500);
      } else if (colon > 0) {
        this.#res.setHeader(name, value);
      }
    }
  }
}
