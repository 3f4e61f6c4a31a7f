import { CiPipeline } from '../CiCredentialsService';

/** Long enough for the request that was let in; a revocation is as quick. */
const LIFETIME_MS = 1_000;
const MAX_ENTRIES = 1_000;

/**
 * The backend says what a pipeline may speak for when it is asked about its token.
 * This carries that to the router that wants to know, which is given no more than
 * the subject, so that the backend need not be asked twice for one request.
 *
 * The token itself is looked at on every request, see {@link VerifiedTokens}.
 *
 * @internal
 */
export class RecentPipelines {
  readonly #entries = new Map<string, { pipeline: CiPipeline; at: number }>();

  put(pipeline: CiPipeline): void {
    // The latest last, so that the first one is the oldest
    this.#entries.delete(pipeline.subject);
    this.#entries.set(pipeline.subject, { pipeline, at: Date.now() });
    if (this.#entries.size > MAX_ENTRIES) {
      this.#entries.delete(this.#entries.keys().next().value!);
    }
  }

  clear(): void {
    this.#entries.clear();
  }

  get(subject: string): CiPipeline | undefined {
    const entry = this.#entries.get(subject);
    return entry && Date.now() - entry.at < LIFETIME_MS
      ? entry.pipeline
      : undefined;
  }
}

/** Those of this process. */
export const recentPipelines = new RecentPipelines();
