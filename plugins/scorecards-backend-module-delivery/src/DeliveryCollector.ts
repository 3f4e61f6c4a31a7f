import { stringifyEntityRef } from '@backstage/catalog-model';
import { EventsService } from '@backstage/plugin-events-node';
import { DELIVERY_CHANGED_TOPIC } from '@waymark/plugin-golden-paths-common';
import {
  CollectedFacts,
  CollectOptions,
  CollectorControl,
  FactCollector,
} from '@waymark/plugin-scorecards-node';
import { z } from 'zod';
import { DeliverySource } from './DeliverySource';
import { FACTS } from './facts';

const messageSchema = z.object({
  entityRefs: z.array(z.string().max(400)).max(500),
});

/**
 * What events say of the delivery of components, and what their repositories say of
 * the golden path they follow.
 *
 * @internal
 */
export class DeliveryCollector implements FactCollector {
  readonly id = 'delivery';
  readonly title = 'Delivery';
  readonly facts = FACTS.map(({ name, type, description }) => ({
    name,
    type,
    description,
  }));
  readonly appliesTo = { kind: 'Component' };
  /** News are heard at once; this is for those that got lost, and for what grows old. */
  readonly every = { hours: 1 };
  readonly batchSize = 200;
  readonly #events: EventsService;
  readonly #source: DeliverySource;

  constructor(options: { events: EventsService; source: DeliverySource }) {
    this.#events = options.events;
    this.#source = options.source;
  }

  async start(control: CollectorControl): Promise<void> {
    await this.#events.subscribe({
      id: 'scorecards-delivery',
      topics: [DELIVERY_CHANGED_TOPIC],
      async onEvent({ eventPayload }) {
        const message = messageSchema.safeParse(eventPayload);
        if (message.success) {
          await control.refresh(message.data);
        }
      },
    });
  }

  async *collect(options: CollectOptions): AsyncGenerator<CollectedFacts> {
    const { entities, signal } = options;
    const entityRefs = entities.map(entity => stringifyEntityRef(entity));
    const items = await this.#source.read(entityRefs, signal);
    const known = new Map(items.map(item => [item.entityRef, item.facts]));
    for (const entityRef of entityRefs) {
      // One that golden paths have not seen yet has none for now; they tell once
      // they know it
      const facts = known.get(entityRef);
      yield {
        entityRef,
        facts: FACTS.flatMap(({ name, of }) => {
          const value = facts && of(facts);
          return value === undefined
            ? []
            : [{ name, value, source: 'golden-paths' }];
        }),
      };
    }
  }
}
