import {
  ANNOTATION_SOURCE_LOCATION,
  Entity,
  getEntitySourceLocation,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError, toError } from '@backstage/errors';
import { FilterPredicate } from '@backstage/filter-predicates';
import {
  GithubCredentialsProvider,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import {
  CollectedFacts,
  CollectOptions,
  FactCollector,
  FactDefinition,
} from '@waymark/plugin-scorecards-node';
import { ConditionalReader } from './client/ConditionalReader';
import { readProtection } from './readProtection';

interface GithubCollectorOptions {
  /** For which there are credentials. */
  hosts: string[];
  integrations: ScmIntegrationRegistry;
  credentials: GithubCredentialsProvider;
}

/**
 * Asks GitHub how the default branch of a component's repository is protected.
 *
 * @internal
 */
export class GithubCollector implements FactCollector {
  readonly id = 'github';
  readonly title = 'GitHub';
  readonly facts: FactDefinition[] = [
    {
      name: 'scm.defaultBranch',
      type: 'string',
      description: 'The default branch of the repository',
    },
    {
      name: 'scm.branchProtection.enabled',
      type: 'boolean',
      description:
        'Whether a branch protection rule or a ruleset applies to the default branch',
    },
    {
      name: 'scm.branchProtection.requiredReviews',
      type: 'number',
      description: 'How many approving reviews a change needs',
    },
    {
      name: 'scm.branchProtection.requiresStatusChecks',
      type: 'boolean',
      description: 'Whether a change needs a status check to pass',
    },
  ];
  readonly appliesTo: FilterPredicate;
  readonly every = { hours: 1 };
  readonly batchSize = 25;

  readonly #options: GithubCollectorOptions;

  constructor(options: GithubCollectorOptions) {
    this.#options = options;
    this.appliesTo = {
      $all: [
        { kind: 'Component' },
        {
          $any: options.hosts.flatMap(host =>
            ['https', 'http'].map(protocol => ({
              [`metadata.annotations.${ANNOTATION_SOURCE_LOCATION}`]: {
                $hasPrefix: `url:${protocol}://${host}/`,
              },
            })),
          ),
        },
      ],
    };
  }

  async *collect(options: CollectOptions): AsyncIterable<CollectedFacts> {
    const { entities, signal, states } = options;
    for (const entity of entities) {
      const entityRef = stringifyEntityRef(entity);
      try {
        yield await this.#collectOne(entity, states.get(entityRef), signal);
      } catch (error) {
        const { name } = toError(error);
        // Whatever is not about this one repository would fail for all of them
        if (name !== 'NotFoundError' && name !== 'NotAllowedError') {
          throw error;
        }
        yield { entityRef, error: toError(error) };
      }
    }
  }

  async #collectOne(
    entity: Entity,
    state: string | undefined,
    signal: AbortSignal,
  ): Promise<CollectedFacts> {
    const { credentials, integrations } = this.#options;
    const entityRef = stringifyEntityRef(entity);
    const { target } = getEntitySourceLocation(entity);
    const config = integrations.github.byUrl(target)?.config;
    const { origin, pathname } = new URL(target);
    const [owner, name] = pathname.split('/').filter(Boolean);
    if (!config?.apiBaseUrl || !owner || !name) {
      throw new NotFoundError(`${target} is in no repository of GitHub`);
    }
    const url = `${origin}/${owner}/${name}`;
    const headers = await headersFor(url, credentials);
    const reader = new ConditionalReader({
      baseUrl: config.apiBaseUrl.replace(/\/+$/, ''),
      headers,
      signal,
      state,
    });
    const { defaultBranch, enabled, requiredReviews, requiresStatusChecks } =
      await readProtection(reader, `${owner}/${name.replace(/\.git$/, '')}`);
    if (state && !reader.changed) {
      return { entityRef, unchanged: true };
    }
    return {
      entityRef,
      facts: [
        { name: 'scm.defaultBranch', value: defaultBranch },
        { name: 'scm.branchProtection.enabled', value: enabled },
        {
          name: 'scm.branchProtection.requiredReviews',
          value: requiredReviews,
        },
        {
          name: 'scm.branchProtection.requiresStatusChecks',
          value: requiresStatusChecks,
        },
      ].map(fact => ({ ...fact, source: url })),
      state: reader.state,
    };
  }
}

async function headersFor(
  url: string,
  credentials: GithubCredentialsProvider,
): Promise<{ [name: string]: string }> {
  let reason: unknown;
  try {
    const { headers } = await credentials.getCredentials({ url });
    if (headers) {
      return headers;
    }
  } catch (error) {
    // What GitHub itself answered is about more than this repository
    if (toError(error).status !== undefined) {
      throw error;
    }
    reason = error;
  }
  throw new NotAllowedError(
    `There are no credentials for ${url}: is the App of integrations.github installed there?`,
    reason,
  );
}
