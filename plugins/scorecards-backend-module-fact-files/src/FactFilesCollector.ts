import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import {
  CollectedFacts,
  CollectOptions,
  CollectorControl,
  FactCollector,
} from '@waymark/plugin-scorecards-node';
import { FactFile, FactFileContent } from './files/FactFile';

const LOOK_MS = 5_000;

/**
 * Says what the files say.
 *
 * The state of an entity is the list of files that spoke of it, so that a file
 * that cannot be read after a restart takes nothing away from it.
 *
 * @internal
 */
export class FactFilesCollector implements FactCollector {
  readonly id = 'fact-files';
  readonly title = 'Files beside the portal';
  /** Whatever somebody writes into them. */
  readonly facts = [];
  readonly every = { hours: 6 };
  readonly batchSize = 500;

  readonly #files: FactFile[];
  readonly #logger: LoggerService;
  readonly #now: () => number;
  readonly #lookMs: number;
  #timer?: NodeJS.Timeout;
  #seen: FactFileContent[] = [];

  constructor(options: {
    files: FactFile[];
    logger: LoggerService;
    now?: () => number;
    /** How often the files are looked at. Default: 5 seconds. */
    lookMs?: number;
  }) {
    this.#files = options.files;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
    this.#lookMs = options.lookMs ?? LOOK_MS;
  }

  async *collect(options: CollectOptions): AsyncIterable<CollectedFacts> {
    // Not what the timer saw: another replica may have seen a change before
    const contents = await this.#read();
    for (const entity of options.entities) {
      const entityRef = stringifyEntityRef(entity);
      yield this.#collectOne(
        entityRef,
        contents,
        filesOf(options.states.get(entityRef)),
      );
    }
  }

  #collectOne(
    entityRef: string,
    contents: FactFileContent[],
    spokenBefore: string[],
  ): CollectedFacts {
    const facts = new Map<
      string,
      Extract<CollectedFacts, { facts: unknown }>['facts'][number]
    >();
    const speaking: string[] = [];
    for (const [index, { byEntity, changedAt, error }] of contents.entries()) {
      const { path, source } = this.#files[index];
      const known = byEntity.get(entityRef);
      if (error && (known || spokenBefore.includes(path))) {
        return { entityRef, error };
      }
      if (known) {
        speaking.push(path);
      }
      for (const { name, value, observedAt, age } of known ?? []) {
        facts.set(name, {
          name,
          value,
          source,
          observedAt: new Date(
            age === undefined ? observedAt ?? changedAt : this.#now() - age,
          ),
        });
      }
    }
    return {
      entityRef,
      facts: [...facts.values()],
      state: speaking.length > 0 ? JSON.stringify(speaking) : undefined,
    };
  }

  async start(control: CollectorControl): Promise<void> {
    this.#seen = await this.#read();
    const look = async () => {
      try {
        await this.#announceChanges(control);
      } catch (error) {
        this.#logger.warn(
          `Files of facts are looked at again: ${stringifyError(error)}`,
        );
      }
      this.#timer = setTimeout(look, this.#lookMs).unref();
    };
    this.#timer = setTimeout(look, this.#lookMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #announceChanges(control: CollectorControl): Promise<void> {
    const contents = await this.#read();
    const entityRefs = new Set<string>();
    for (const [index, now] of contents.entries()) {
      const before = this.#seen[index];
      if (now === before) {
        continue;
      }
      for (const ref of [...before.byEntity.keys(), ...now.byEntity.keys()]) {
        entityRefs.add(ref);
      }
    }
    if (entityRefs.size > 0) {
      await control.refresh({ entityRefs: [...entityRefs] });
    }
    this.#seen = contents;
  }

  async #read(): Promise<FactFileContent[]> {
    return await Promise.all(this.#files.map(file => file.read()));
  }
}

function filesOf(state: string | undefined): string[] {
  return state ? JSON.parse(state) : [];
}
