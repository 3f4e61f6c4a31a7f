import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const PATTERN = /^wmk_ci_([0-9a-f]{20})_([0-9a-f]{64})$/;
const ID = /^[0-9a-f]{20}$/;

/**
 * The token of a credential: `wmk_ci_<id>_<secret>`. The id finds the
 * credential; the secret, 256 random bits, is known to its holder alone.
 *
 * @internal
 */
export class CiToken {
  readonly id: string;
  readonly #secret: string;

  private constructor(options: { id: string; secret: string }) {
    this.id = options.id;
    this.#secret = options.secret;
  }

  static generate(): CiToken {
    return new CiToken({
      id: randomBytes(10).toString('hex'),
      secret: randomBytes(32).toString('hex'),
    });
  }

  /** Whether a text has the form of an id: any other is that of no credential. */
  static isId(text: string): boolean {
    return ID.test(text);
  }

  /** @returns undefined for what does not have the form of such a token */
  static parse(text: string): CiToken | undefined {
    const [, id, secret] = PATTERN.exec(text) ?? [];
    return id && secret ? new CiToken({ id, secret }) : undefined;
  }

  /** What is stored. A random secret of this length needs no slow hash. */
  get secretHash(): string {
    return createHash('sha256').update(this.#secret).digest('hex');
  }

  /** The beginning of the token, which tells nothing of its secret. */
  static hint(id: string): string {
    return `wmk_ci_${id}`;
  }

  /** Takes the same time wherever the two differ. */
  matches(secretHash: string): boolean {
    return timingSafeEqual(
      Buffer.from(this.secretHash, 'hex'),
      Buffer.from(secretHash, 'hex'),
    );
  }

  /** The whole token, for its one answer. */
  reveal(): string {
    return `${CiToken.hint(this.id)}_${this.#secret}`;
  }
}
