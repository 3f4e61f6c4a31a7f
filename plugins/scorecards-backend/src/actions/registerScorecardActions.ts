import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { CallerClient } from '@waymark/backend-support';
import {
  RULE_OUTCOMES,
  RuleOutcome,
  ScorecardsApi,
} from '@waymark/plugin-scorecards-common';
import { inputsOf } from './inputs';

const READS = { readOnly: true, destructive: false, idempotent: true } as const;

/**
 * What scorecards are there, and how entities stand on them.
 *
 * @internal
 */
export function registerScorecardActions(
  registry: ActionsRegistryService,
  client: CallerClient<ScorecardsApi>,
): void {
  registry.register({
    name: 'list-scorecards',
    title: 'List scorecards',
    description:
      'Scorecards with their levels and rules, and how many entities stand on each level.',
    attributes: READS,
    schema: {
      input: z => {
        const { cursor, limit } = inputsOf(z);
        return z.object({ cursor, limit });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.listScorecards(input))),
      },
    }),
  });

  registry.register({
    name: 'get-scorecard',
    title: 'Get a scorecard',
    description:
      'One scorecard: its levels, its rules with their expressions, why each matters and how to make it pass.',
    attributes: READS,
    schema: {
      input: z => z.object({ scorecardRef: inputsOf(z).scorecardRef }),
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.getScorecard(input))),
      },
    }),
  });

  registry.register({
    name: 'get-scorecard-results',
    title: 'Get the results of a scorecard',
    description:
      'One row per entity with its level, score and outcomes, now or as it stood at a time.',
    attributes: READS,
    schema: {
      input: z => {
        const { scorecardRef, ruleId, owner, domain, asOf, cursor, limit } =
          inputsOf(z);
        return z.object({
          scorecardRef,
          level: z
            .string()
            .describe('The id of a level; none for entities without any')
            .optional(),
          rule: ruleId.describe('Goes with outcome').optional(),
          outcome: z
            .enum(RULE_OUTCOMES as [RuleOutcome, ...RuleOutcome[]])
            .optional(),
          search: z.string().describe('A part of name or title').optional(),
          owner,
          system: z
            .string()
            .describe('The ref of a system; none: of no system')
            .optional(),
          domain,
          tag: z.string().describe('A tag of the entity').optional(),
          asOf,
          cursor,
          limit,
        });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.getResults(input))),
      },
    }),
  });

  registry.register({
    name: 'get-entity-scorecards',
    title: 'Get the scorecards of an entity',
    description:
      'Level and score of an entity on every scorecard, the outcome of each rule with its evidence, and the next steps.',
    attributes: READS,
    schema: {
      input: z => {
        const { entityRef, asOf } = inputsOf(z);
        return z.object({ entityRef, asOf });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api =>
          api.getEntityScorecards(input),
        )),
      },
    }),
  });

  registry.register({
    name: 'evaluate-entity',
    title: 'Check an entity again',
    description:
      'Collects the facts of an entity and evaluates its scorecards now.',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ entityRef: inputsOf(z).entityRef }),
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.evaluateEntity(input))),
      },
    }),
  });

  registry.register({
    name: 'preview-scorecard',
    title: 'Try a scorecard',
    description:
      'What a scorecard that is not published yet would say about the entities of the catalog, and who would move from which level to which. Nothing is stored.',
    attributes: READS,
    schema: {
      input: z =>
        z.object({ scorecard: z.string().describe('The YAML of its file') }),
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.previewScorecard(input))),
      },
    }),
  });
}
