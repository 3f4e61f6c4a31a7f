import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { CallerClient } from './CallerClient';
import { inputsOf } from './inputs';

const READS = { readOnly: true, destructive: false, idempotent: true } as const;

/**
 * Counts over what the caller may see.
 *
 * @internal
 */
export function registerReportActions(
  registry: ActionsRegistryService,
  client: CallerClient,
): void {
  registry.register({
    name: 'get-levels-report',
    title: 'Report: levels',
    description:
      'How many entities stand on each level of each scorecard, now or as of a time.',
    attributes: READS,
    schema: {
      input: z => {
        const { scorecards, owner, asOf } = inputsOf(z);
        return z.object({ scorecard: scorecards, owner, asOf });
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
        const { scorecards, owner } = inputsOf(z);
        const day = z.string().describe('A date, UTC');
        return z.object({
          scorecard: scorecards,
          owner,
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
        const { scorecards, owner } = inputsOf(z);
        return z.object({ scorecard: scorecards, owner });
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
        const { scorecards, owner } = inputsOf(z);
        return z.object({
          by: z.enum(['group', 'system', 'domain']).default('group'),
          scorecard: scorecards,
          owner,
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
}
