import { DeliveryFacts } from '@waymark/plugin-golden-paths-common';
import { FactDefinition } from '@waymark/plugin-scorecards-node';

type Value = string | number | boolean | undefined;

/**
 * The facts, and where each comes from.
 *
 * @internal
 */
export const FACTS: (FactDefinition & {
  of: (facts: DeliveryFacts) => Value;
})[] = [
  {
    name: 'delivery.lastDeploymentAt',
    type: 'timestamp',
    description:
      'When it was last seen deployed, to staging or production; none when it never was',
    of: facts => facts.lastDeploymentAt,
  },
  {
    name: 'delivery.lastProductionDeploymentAt',
    type: 'timestamp',
    description: 'When it was last seen deployed to production',
    of: facts => facts.lastProductionDeploymentAt,
  },
  {
    name: 'delivery.lastStagingDeploymentAt',
    type: 'timestamp',
    description: 'When it was last seen deployed to staging',
    of: facts => facts.lastStagingDeploymentAt,
  },
  {
    name: 'delivery.lastPipelineSuccessAt',
    type: 'timestamp',
    description: 'When a run of its pipeline last succeeded',
    of: facts => facts.lastPipelineSuccessAt,
  },
  {
    name: 'delivery.deployments',
    type: 'number',
    description: 'Deployments to production that were seen in the last 90 days',
    of: facts => facts.deployments,
  },
  {
    name: 'delivery.deploymentsPerWeek',
    type: 'number',
    description: 'Deployments to production per week, over the last four weeks',
    of: facts => facts.deploymentsPerWeek,
  },
  {
    name: 'delivery.changeLeadTimeHours',
    type: 'number',
    description:
      'Hours from the merge of a change to production, the median of the last 90 days',
    of: facts => facts.changeLeadTimeHours,
  },
  {
    name: 'delivery.changeFailRate',
    type: 'number',
    description:
      'Share of the deployments to production that failed in the last 90 days, 0 to 1',
    of: facts => facts.changeFailRate,
  },
  {
    name: 'delivery.path.template',
    type: 'string',
    description: 'The golden path it follows; empty when it follows none',
    of: facts => facts.path?.template,
  },
  {
    name: 'delivery.path.onPath',
    type: 'boolean',
    description: 'It follows a golden path, and Git bears that out',
    of: facts => facts.path?.verified,
  },
  {
    name: 'delivery.path.conformant',
    type: 'boolean',
    description:
      'What has to stay as the path generated it does, or it was approved that it does not',
    of: facts => facts.path?.conformant,
  },
  {
    name: 'delivery.path.behind',
    type: 'boolean',
    description: 'There is a later version of its golden path',
    of: facts => facts.path?.behind,
  },
  {
    name: 'delivery.path.deviations',
    type: 'number',
    description: 'Files and folders that differ without being approved',
    of: facts => facts.path?.deviations,
  },
];
