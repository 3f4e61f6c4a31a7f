import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { JsonValue } from '@backstage/types';
import { CallerClient } from '@waymark/backend-support';
import { ScorecardsApi } from '@waymark/plugin-scorecards-common';
import { inputsOf } from './inputs';

/**
 * What is known about entities.
 *
 * @internal
 */
export function registerFactActions(
  registry: ActionsRegistryService,
  client: CallerClient<ScorecardsApi>,
): void {
  registry.register({
    name: 'get-facts',
    title: 'Get facts',
    description:
      'What is known about an entity: each fact with its value, its source and when it was observed.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ entityRef: inputsOf(z).entityRef }),
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.getFacts(input))),
      },
    }),
  });

  registry.register({
    name: 'push-facts',
    title: 'Report facts',
    description:
      'Reports facts about entities. Of several observations of one fact the latest wins. Says for each what became of it.',
    // A later observation takes the place of what was there
    attributes: { readOnly: false, destructive: true, idempotent: true },
    schema: {
      input: z =>
        z.object({
          facts: z
            .array(
              z.object({
                entityRef: inputsOf(z).entityRef,
                name: z
                  .string()
                  .describe('Up to five names with dots, coverage.percent'),
                value: z.unknown().describe('Any JSON'),
                observedAt: z
                  .string()
                  .describe('A time with a zone in ISO 8601'),
                source: z
                  .string()
                  .describe('Who says so; an address reads best')
                  .optional(),
              }),
            )
            .max(1000),
        }),
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api =>
          api.pushFacts({
            facts: input.facts.map(fact => ({
              ...fact,
              value: fact.value as JsonValue,
            })),
          }),
        )),
      },
    }),
  });
}
