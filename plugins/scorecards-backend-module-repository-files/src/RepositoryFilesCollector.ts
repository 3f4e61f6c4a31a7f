import { LoggerService, UrlReaderService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { isError, stringifyError, toError } from '@backstage/errors';
import { FilterPredicate } from '@backstage/filter-predicates';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import { findSource, Source } from '@waymark/backend-support';
import {
  CollectedFacts,
  CollectOptions,
  CollectorControl,
  FactCollector,
  RateLimitError,
} from '@waymark/plugin-scorecards-node';
import { FACTS } from './facts';
import { factsOf } from './factsOf';
import { RepositoryFiles } from './files/RepositoryFiles';

/** Raised when the same files say something else than before. */
const VERSION = 1;
/** Readers do not tell when the host wants to be asked again. */
const RATE_LIMIT_PAUSE_MS = 15 * 60_000;

interface Asked {
  entityRef: string;
  source: Source;
  /** What the last collection left, if it was about the same files. */
  etag: string | undefined;
}

/**
 * What the files of repositories say about entities.
 *
 * @internal
 */
export class RepositoryFilesCollector implements FactCollector {
  readonly id = 'repository-files';
  readonly title = 'Repository files';
  readonly facts = FACTS;
  readonly appliesTo: FilterPredicate = {
    $all: [
      { kind: { $in: ['Component', 'API', 'Resource', 'System', 'Template'] } },
      {
        $any: [
          {
            'metadata.annotations.backstage.io/source-location': {
              $hasPrefix: 'url:',
            },
          },
          {
            'metadata.annotations.backstage.io/managed-by-location': {
              $hasPrefix: 'url:',
            },
          },
        ],
      },
    ],
  };
  /** Where nothing tells of pushes. */
  readonly every = { hours: 6 };
  readonly timeout = { minutes: 3 };
  readonly batchSize = 25;
  readonly concurrency = 4;
  readonly #integrations: ScmIntegrations;
  readonly #logger: LoggerService;
  readonly #scmEvents: CatalogScmEventsService;
  readonly #urlReader: UrlReaderService;
  #subscription: { unsubscribe(): void } | undefined;

  constructor(options: {
    integrations: ScmIntegrations;
    logger: LoggerService;
    scmEvents: CatalogScmEventsService;
    urlReader: UrlReaderService;
  }) {
    this.#integrations = options.integrations;
    this.#logger = options.logger;
    this.#scmEvents = options.scmEvents;
    this.#urlReader = options.urlReader;
  }

  /** Pushes show at once where something tells of them. */
  start(control: CollectorControl): void {
    this.#subscription = this.#scmEvents.subscribe({
      onEvents: async events => {
        const urls = new Set(
          events.map(event => ('url' in event ? event.url : event.toUrl)),
        );
        try {
          for (const url of urls) {
            for (const annotation of [
              ANNOTATION_SOURCE_LOCATION,
              ANNOTATION_LOCATION,
            ]) {
              await control.refreshByAnnotation({
                annotation,
                valuePrefix: `url:${url}`,
              });
            }
          }
        } catch (error) {
          this.#logger.warn(
            `A push is seen only on schedule: ${stringifyError(error)}`,
          );
        }
      },
    });
  }

  stop(): void {
    this.#subscription?.unsubscribe();
  }

  async *collect(options: CollectOptions): AsyncGenerator<CollectedFacts> {
    const { entities, states, signal } = options;
    const repositories = new Map<string, Asked[]>();
    for (const entity of entities) {
      const entityRef = stringifyEntityRef(entity);
      try {
        const source = findSource(entity, this.#integrations);
        const asked = repositories.get(source.root) ?? [];
        repositories.set(source.root, asked);
        const etag = etagIn(states.get(entityRef), source);
        asked.push({ entityRef, source, etag });
      } catch (error) {
        yield { entityRef, error: toError(error) };
      }
    }
    for (const [root, asked] of repositories) {
      signal.throwIfAborted();
      yield* await this.#read(root, asked, signal);
    }
  }

  /** Reads a repository once for all who ask about it. */
  async #read(
    root: string,
    asked: Asked[],
    signal: AbortSignal,
  ): Promise<CollectedFacts[]> {
    const folders = asked.map(({ source }) => source.folder);
    const files = new RepositoryFiles(folders);
    const etags = new Set(asked.map(({ etag }) => etag));
    const [etag] = etags.size === 1 ? etags : [undefined];
    try {
      const tree = await this.#urlReader.readTree(root, {
        etag,
        filter: files.filter,
        signal,
      });
      await files.take(tree);
      return asked.map(({ entityRef, source }) =>
        files.has(source.folder)
          ? {
              entityRef,
              facts: factsOf(source, files),
              state: stateOf(tree.etag, source),
            }
          : {
              entityRef,
              error: new Error(`${root} has no folder ${source.folder}`),
            },
      );
    } catch (error) {
      if (isError(error) && error.name === 'NotModifiedError') {
        return asked.map(({ entityRef }) => ({ entityRef, unchanged: true }));
      }
      const reason = explain(error, root);
      if (reason instanceof RateLimitError) {
        // The others would only be refused as well
        throw reason;
      }
      return asked.map(({ entityRef }) => ({ entityRef, error: reason }));
    }
  }
}

function explain(thrown: unknown, root: string): Error {
  const error = toError(thrown);
  if (error.name === 'NotFoundError') {
    return new Error(
      `${root} is not there, or the portal may not read it; see its integration in the config`,
    );
  }
  if (/rate limit|\b429\b/i.test(error.message)) {
    return new RateLimitError(
      `The host of ${root} wants fewer requests`,
      new Date(Date.now() + RATE_LIMIT_PAUSE_MS),
      error,
    );
  }
  return new Error(`${root} could not be read: ${error.message}`, {
    cause: error,
  });
}

function stateOf(etag: string, { root, folder }: Source): string {
  return JSON.stringify({ version: VERSION, root, folder, etag });
}

function etagIn(state: string | undefined, source: Source): string | undefined {
  if (state === undefined) {
    return undefined;
  }
  try {
    const { etag } = JSON.parse(state);
    return state === stateOf(etag, source) ? etag : undefined;
  } catch {
    return undefined;
  }
}
