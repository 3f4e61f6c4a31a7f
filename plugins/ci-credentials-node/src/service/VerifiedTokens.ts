import { createHash } from 'node:crypto';
import { CiPipeline } from '../CiCredentialsService';

/**
 * With what {@link RecentPipelines} adds, a revocation in another process goes
 * unnoticed for less than five seconds.
 */
const LIFETIME_MS = 3_000;
const MAX_ENTRIES = 1_000;

/** A pipeline, and when its token ends. */
type Verified = CiPipeline & { expiresAt?: string };

/**
 * Which pipeline a token belongs to, for seconds: one that reports a hundred things
 * in a row need not be asked about a hundred times. Only tokens that are good are
 * remembered, and none is kept itself.
 *
 * @internal
 */
export class VerifiedTokens {
  readonly #entries = new Map<
    string,
    { pipeline: Promise<Verified>; at: number }
  >();

  /**
   * @param verify - asks about the token, once for all who ask at the same time
   */
  async get(
    token: string,
    verify: () => Promise<Verified>,
  ): Promise<CiPipeline> {
    const key = createHash('sha256').update(token).digest('base64url');
    const known = this.#entries.get(key);
    const age = Date.now() - (known?.at ?? 0);
    if (known && age >= 0 && age < LIFETIME_MS) {
      const pipeline = await known.pipeline;
      if (!isOver(pipeline)) {
        return pipeline;
      }
    }
    const entry = { pipeline: verify(), at: Date.now() };
    // The latest last, so that the first one is the oldest
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.pipeline.catch(() => {
      if (this.#entries.get(key) === entry) {
        this.#entries.delete(key);
      }
    });
    if (this.#entries.size > MAX_ENTRIES) {
      this.#entries.delete(this.#entries.keys().next().value!);
    }
    return entry.pipeline;
  }

  clear(): void {
    this.#entries.clear();
  }
}

function isOver({ expiresAt }: Verified): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= Date.now();
}

/** Those of this process. */
export const verifiedTokens = new VerifiedTokens();
