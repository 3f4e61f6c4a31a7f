const MASK = '***';

/** Longer lines are let through in parts. */
const MAX_LINE = 64 * 1024;

/** Tokens of this portal, whoever they belong to. */
const TOKENS = /wmk_ci_[A-Za-z0-9_-]{8,}/g;

/**
 * Takes secrets out of a stream of text, also those that arrive in pieces.
 *
 * @internal
 */
export class Masker {
  readonly #secrets: string[];
  readonly #decoder = new TextDecoder('utf-8');
  readonly #longest: number;
  #rest = '';

  constructor(secrets: string[]) {
    this.#secrets = secrets
      .filter(secret => secret.length > 0)
      .flatMap(secret => [
        secret,
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      ])
      // Of two that begin alike, the longer one
      .sort((a, b) => b.length - a.length);
    this.#longest = Math.max(128, ...this.#secrets.map(({ length }) => length));
  }

  /** @returns what can be said by now: whole lines, unless a line is very long */
  take(chunk: Buffer): string {
    this.#rest += this.#decoder.decode(chunk, { stream: true });
    let end = this.#rest.lastIndexOf('\n') + 1;
    if (this.#rest.length - end > MAX_LINE) {
      end = this.#rest.length - this.#longest;
    }
    if (end === 0) {
      return '';
    }
    const masked = this.#mask(this.#rest);
    if (end < this.#rest.length && !this.#rest.slice(0, end).endsWith('\n')) {
      // In the middle of a line: what is masked may reach beyond the cut
      const keep = masked.slice(-this.#longest);
      this.#rest = keep;
      return masked.slice(0, masked.length - keep.length);
    }
    const text = this.#mask(this.#rest.slice(0, end));
    this.#rest = this.#rest.slice(end);
    return text;
  }

  /** @returns the last line, when it has no end */
  finish(): string {
    const text = this.#mask(this.#rest + this.#decoder.decode());
    this.#rest = '';
    return text;
  }

  #mask(text: string): string {
    let masked = text;
    for (const secret of this.#secrets) {
      masked = masked.replaceAll(secret, MASK);
    }
    return masked.replace(TOKENS, MASK);
  }
}
