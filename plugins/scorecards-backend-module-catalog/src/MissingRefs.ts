import { stringifyError } from '@backstage/errors';
import { LoggerService } from '@backstage/backend-plugin-api';
import { CollectorControl } from '@waymark/plugin-scorecards-node';
import { CatalogLookup } from './CatalogLookup';

/** How often those that are missed are looked for. */
const LOOK_EVERY_MS = 15_000;
/** What is beyond it is found at the next turn of the collector. */
const MAX_REFS = 1_000;

/**
 * Remembers what entities name and the catalog does not have, and has them looked at
 * again as soon as it comes. A catalog fills up in any order: what belongs together
 * may arrive minutes apart, and until then nobody should be blamed for long.
 *
 * It is kept in memory only, since all are looked at again once in a while anyway.
 *
 * @internal
 */
export class MissingRefs {
  readonly #logger: LoggerService;
  readonly #lookMs: number;
  readonly #lookup: CatalogLookup;
  readonly #missing = new Map<string, readonly string[]>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: {
    logger: LoggerService;
    lookup: CatalogLookup;
    lookMs?: number;
  }) {
    this.#logger = options.logger;
    this.#lookup = options.lookup;
    this.#lookMs = options.lookMs ?? LOOK_EVERY_MS;
  }

  /** What an entity names in vain now; it replaces what was said of it before. */
  remember(entityRef: string, missing: readonly string[]): void {
    this.#missing.delete(entityRef);
    if (missing.length > 0 && this.#missing.size < MAX_REFS) {
      this.#missing.set(entityRef, missing);
    }
  }

  start(control: CollectorControl): void {
    const look = async () => {
      try {
        await this.#look(control);
      } catch (error) {
        this.#logger.warn(
          `What the catalog did not have is looked for again: ${stringifyError(
            error,
          )}`,
        );
      }
      this.#timer = setTimeout(look, this.#lookMs).unref();
    };
    this.#timer = setTimeout(look, this.#lookMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #look(control: CollectorControl): Promise<void> {
    const refs = new Set([...this.#missing.values()].flat());
    const found = await this.#lookup.existing(
      [...refs].slice(0, MAX_REFS),
      AbortSignal.timeout(60_000),
    );
    const entityRefs = [...this.#missing]
      .filter(([, missing]) => missing.some(ref => found.has(ref)))
      .map(([entityRef]) => entityRef);
    if (entityRefs.length > 0) {
      await control.refresh({ entityRefs });
      entityRefs.forEach(ref => this.#missing.delete(ref));
    }
  }
}
