import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import { FilterPredicate } from '@backstage/filter-predicates';
import {
  CollectedFacts,
  CollectOptions,
  FactCollector,
  FactDefinition,
} from '@waymark/plugin-scorecards-node';
import {
  PagerDutyClient,
  PagerDutyOnCall,
  PagerDutyService,
} from './client/PagerDutyClient';

const KEY_ANNOTATION = 'pagerduty.com/integration-key';
const SERVICE_ANNOTATION = 'pagerduty.com/service-id';

/**
 * Asks PagerDuty who is on call, by the annotations that its own plugin for
 * Backstage uses.
 *
 * @internal
 */
export class PagerDutyCollector implements FactCollector {
  readonly id = 'pagerduty';
  readonly title = 'PagerDuty';
  readonly facts: FactDefinition[] = [
    {
      name: 'onCall.rotation',
      type: 'string',
      description:
        'The schedule or escalation policy that has somebody on it now; empty when there is none',
    },
    {
      name: 'onCall.people',
      type: 'number',
      description: 'How many people are on call now, at any level',
    },
  ];
  readonly appliesTo: FilterPredicate = {
    $any: [
      { [`metadata.annotations.${KEY_ANNOTATION}`]: { $exists: true } },
      { [`metadata.annotations.${SERVICE_ANNOTATION}`]: { $exists: true } },
    ],
  };
  readonly every = { minutes: 30 };
  readonly batchSize = 50;

  constructor(private readonly options: { client: PagerDutyClient }) {}

  async *collect(options: CollectOptions): AsyncIterable<CollectedFacts> {
    const { entities, signal } = options;
    const services = new Map<string, PagerDutyService | undefined>();
    for (const entity of entities) {
      const entityRef = stringifyEntityRef(entity);
      try {
        services.set(entityRef, await this.#serviceOf(entity, signal));
      } catch (error) {
        // Whatever is not about this one entity would fail for all of them
        if (toError(error).name !== 'InputError') {
          throw error;
        }
        yield { entityRef, error: toError(error) };
      }
    }

    const policies = new Set(
      [...services.values()].flatMap(service => policyOf(service) ?? []),
    );
    const onCalls =
      policies.size > 0
        ? await this.options.client.onCalls([...policies], signal)
        : [];
    for (const [entityRef, service] of services) {
      yield factsOf(
        entityRef,
        service,
        onCalls.filter(
          ({ escalation_policy: { id } }) => id === policyOf(service),
        ),
      );
    }
  }

  /** @returns undefined when PagerDuty knows none */
  async #serviceOf(
    entity: Entity,
    signal: AbortSignal,
  ): Promise<PagerDutyService | undefined> {
    const { client } = this.options;
    const { annotations = {} } = entity.metadata;
    const key = annotations[KEY_ANNOTATION]?.trim();
    const id = annotations[SERVICE_ANNOTATION]?.trim();
    try {
      if (id) {
        return await client.serviceOfId(id, signal);
      }
      return key ? (await client.servicesOfKey(key, signal))[0] : undefined;
    } catch (error) {
      if (toError(error).name === 'NotFoundError') {
        return undefined;
      }
      throw error;
    }
  }
}

/** A service that is switched off wakes nobody. */
function policyOf(service: PagerDutyService | undefined): string | undefined {
  return service?.status === 'disabled'
    ? undefined
    : service?.escalation_policy?.id;
}

function factsOf(
  entityRef: string,
  service: PagerDutyService | undefined,
  onCalls: PagerDutyOnCall[],
): CollectedFacts {
  const there = onCalls
    .filter(({ user }) => user)
    .sort((one, other) => one.escalation_level - other.escalation_level);
  const [first] = there;
  const source = service?.html_url ?? 'PagerDuty';
  return {
    entityRef,
    facts: [
      {
        name: 'onCall.rotation',
        value:
          first?.schedule?.summary ??
          first?.escalation_policy.summary ??
          first?.escalation_policy.id ??
          '',
        source,
      },
      {
        name: 'onCall.people',
        value: new Set(there.map(({ user }) => user?.id)).size,
        source,
      },
    ],
  };
}
