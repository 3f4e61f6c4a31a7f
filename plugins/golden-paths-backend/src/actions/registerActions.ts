import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { CallerClient } from '@waymark/backend-support';
import { CiCredentialsService } from '@waymark/plugin-ci-credentials-node';
import {
  GoldenPathsClient,
  METRICS,
  MetricId,
} from '@waymark/plugin-golden-paths-common';
import { inputsOf } from './inputs';

const READS = { readOnly: true, destructive: false, idempotent: true } as const;

const METRIC_IDS = METRICS.map(({ id }) => id) as [MetricId, ...MetricId[]];

/**
 * What is told about delivery as actions, for the command line, for templates and
 * for clients that speak MCP.
 *
 * @internal
 */
export function registerActions(options: {
  actionsRegistry: ActionsRegistryService;
  auth: AuthService;
  ciCredentials: Pick<CiCredentialsService, 'getPipeline'>;
  discovery: DiscoveryService;
}): void {
  const { actionsRegistry: registry } = options;
  const client = new CallerClient({
    ...options,
    Client: GoldenPathsClient,
    pluginId: 'golden-paths',
  });

  registry.register({
    name: 'get-delivery-metrics',
    title: 'Get what the metrics of delivery mean',
    description:
      'The metrics of delivery with their definitions and units, the targets, the baseline period and the time zone of weeks.',
    attributes: READS,
    schema: {
      input: z => z.object({}),
      output: z => z.object({}).passthrough(),
    },
    action: async ({ credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.getMetricsConfig())),
      },
    }),
  });

  registry.register({
    name: 'get-delivery-summary',
    title: 'Report: delivery',
    description:
      'All metrics of delivery over some weeks: value, target, trend by week and coverage. Durations in milliseconds, shares from 0 to 1; without a value there is nothing to say.',
    attributes: READS,
    schema: {
      input: z => z.object(inputsOf(z).services),
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.getSummary(input))),
      },
    }),
  });

  registry.register({
    name: 'get-delivery-by-squad',
    title: 'Report: delivery by squad',
    description:
      'All metrics of delivery of each squad by itself, in the order of their names.',
    attributes: READS,
    schema: {
      input: z => {
        const { services, page } = inputsOf(z);
        return z.object({ ...services, ...page });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.getSquads(input))),
      },
    }),
  });

  registry.register({
    name: 'get-delivery-rows',
    title: 'Get what is behind a metric of delivery',
    description:
      'The deployments, changes, tickets or services that a metric counts, the latest first.',
    attributes: READS,
    schema: {
      input: z => {
        const { services, page, entityRef } = inputsOf(z);
        return z.object({
          metric: z.enum(METRIC_IDS),
          part: z
            .string()
            .describe('A part of the metric, as the summary names it')
            .optional(),
          week: z.string().describe('Of this Monday’s week alone').optional(),
          counted: z
            .boolean()
            .describe('Of shares: only what is in the numerator')
            .optional(),
          entityRef: entityRef.optional(),
          ...services,
          ...page,
        });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.getMetricRows(input))),
      },
    }),
  });

  registry.register({
    name: 'get-first-steps',
    title: 'Report: new services',
    description:
      'How new services came to life: when each step was reached, and where they are stuck.',
    attributes: READS,
    schema: {
      input: z => {
        const { services, page } = inputsOf(z);
        return z.object({
          state: z.enum(['stuck', 'done']).optional(),
          ...services,
          ...page,
        });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.getFirstSteps(input))),
      },
    }),
  });

  registry.register({
    name: 'get-golden-paths-health',
    title: 'Report: golden paths',
    description:
      'How golden paths fare: runs, failures, durations, and services behind the latest version.',
    attributes: READS,
    schema: {
      input: z => z.object(inputsOf(z).period),
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.getTemplates(input))),
      },
    }),
  });

  registry.register({
    name: 'get-golden-path-health',
    title: 'Report: one golden path',
    description:
      'How one golden path fares: the steps that fail with their last errors, the versions that services have, and recent runs.',
    attributes: READS,
    schema: {
      input: z => {
        const { templateRef, period } = inputsOf(z);
        return z.object({ templateRef, ...period });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.getTemplate(input))),
      },
    }),
  });

  registry.register({
    name: 'get-entity-delivery',
    title: 'Get the delivery of an entity',
    description:
      'What runs where, deployments, incidents, metrics and the golden path of one entity, and which events about it are missing.',
    attributes: READS,
    schema: {
      input: z => {
        const { entityRef, period } = inputsOf(z);
        return z.object({ entityRef, weeks: period.weeks });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api =>
          api.getEntityDelivery(input),
        )),
      },
    }),
  });
}
