import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { CallerClient } from '@waymark/backend-support';
import { ScorecardsApi } from '@waymark/plugin-scorecards-common';
import { inputsOf } from './inputs';

const READS = { readOnly: true, destructive: false, idempotent: true } as const;

/**
 * Counts over what the caller may see.
 *
 * @internal
 */
export function registerReportActions(
  registry: ActionsRegistryService,
  client: CallerClient<ScorecardsApi>,
): void {
  registry.register({
    name: 'get-levels-report',
    title: 'Report: levels',
    description:
      'How many entities stand on each level of each scorecard, now or as of a time.',
    attributes: READS,
    schema: {
      input: z => {
        const { scorecards, owner, domain, asOf } = inputsOf(z);
        return z.object({ scorecard: scorecards, owner, domain, asOf });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.getLevelsReport(input))),
      },
    }),
  });

  registry.register({
    name: 'get-trend-report',
    title: 'Report: trend',
    description: 'How many entities stood on each level, day by day.',
    attributes: READS,
    schema: {
      input: z => {
        const { scorecards, owner, domain, day } = inputsOf(z);
        return z.object({
          scorecard: scorecards,
          owner,
          domain,
          from: day.optional(),
          to: day.optional(),
        });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.getTrendReport(input))),
      },
    }),
  });

  registry.register({
    name: 'get-rules-report',
    title: 'Report: rules',
    description: 'How many entities have which outcome, rule by rule.',
    attributes: READS,
    schema: {
      input: z => {
        const { scorecards, owner, domain } = inputsOf(z);
        return z.object({ scorecard: scorecards, owner, domain });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.getRulesReport(input))),
      },
    }),
  });

  registry.register({
    name: 'get-heatmap-report',
    title: 'Report: heatmap',
    description:
      'Groups, systems or domains against rules: how many entities pass.',
    attributes: READS,
    schema: {
      input: z => {
        const { scorecards, owner, domain, cursor } = inputsOf(z);
        return z.object({
          by: z.enum(['group', 'system', 'domain']).default('group'),
          scorecard: scorecards,
          owner,
          domain,
          cursor,
        });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.getHeatmapReport(input))),
      },
    }),
  });

  registry.register({
    name: 'get-movers-report',
    title: 'Report: movers',
    description:
      'Which entities are on another level of a scorecard than at the end of a day, the latest first.',
    attributes: READS,
    schema: {
      input: z => {
        const { scorecardRef, owner, domain, day, limit } = inputsOf(z);
        return z.object({
          scorecard: scorecardRef,
          owner,
          domain,
          from: day.optional(),
          limit,
        });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.getMoversReport(input))),
      },
    }),
  });

  registry.register({
    name: 'get-next-steps-report',
    title: 'Report: next steps',
    description:
      'Which rules stand between the entities of some owners and their next level, those with the fewest steps to go first.',
    attributes: READS,
    schema: {
      input: z => {
        const { scorecards, limit } = inputsOf(z);
        return z.object({
          owner: z
            .array(z.string())
            .describe('Refs of groups, with all below them, or of users'),
          scorecard: scorecards,
          limit,
        });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api =>
          api.getNextStepsReport(input),
        )),
      },
    }),
  });
}
