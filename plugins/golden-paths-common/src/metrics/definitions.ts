import { MetricDefinition } from './metrics';

const CONTRACT = { title: 'Waymark, measuring delivery' };
const DORA = {
  title: 'DORA, software delivery performance metrics',
  url: 'https://dora.dev/guides/dora-metrics/',
};

/**
 * All metrics of delivery, in the order in which they are read.
 *
 * @public
 */
export const METRICS: MetricDefinition[] = [
  {
    id: 'time-to-first-deployment',
    title: 'Time to first deployment',
    unit: 'duration',
    better: 'lower',
    definition:
      'From the start of the run that made a service to its first observed deployment to staging. Services that are not deployed yet count as taking longer than they have, by the estimator of Kaplan and Meier.',
    source: CONTRACT,
    events: ['pipelinerun.started', 'service.deployed'],
  },
  {
    id: 'deployment-frequency',
    title: 'Deployment frequency',
    unit: 'per-week',
    better: 'higher',
    definition:
      'Observed deployments to production per week. What only a pipeline claims is shown beside it and not counted.',
    source: DORA,
    events: ['service.deployed', 'service.upgraded', 'service.rolledback'],
  },
  {
    id: 'adoption',
    title: 'Golden path adoption',
    unit: 'share',
    better: 'higher',
    definition:
      'Active services whose provenance is verified and which pass the conformance check, of all active services, at the end of the last week.',
    source: CONTRACT,
    events: [],
  },
  {
    id: 'deviation-rate',
    title: 'Deviation rate',
    unit: 'share',
    better: 'lower',
    definition:
      'Services with a deviation of those that follow a golden path, at the end of the last week: justified, expired or unjustified, the worst of each.',
    source: CONTRACT,
    events: [],
  },
  {
    id: 'time-to-environment',
    title: 'Mean time to environment',
    unit: 'duration',
    better: 'lower',
    definition:
      'From the request of an environment to its creation: the median, by the week of the creation.',
    source: CONTRACT,
    events: ['environment.created'],
  },
  {
    id: 'support-load',
    title: 'Platform support load',
    unit: 'per-week',
    better: 'lower',
    definition: 'Tickets to the platform team per week, by category.',
    source: CONTRACT,
    events: ['ticket.created'],
  },
  {
    id: 'change-lead-time',
    title: 'Change lead time',
    unit: 'duration',
    better: 'lower',
    definition:
      'From the merge of a change to the first observed deployment to production that holds it: the median, by the week of the deployment.',
    source: DORA,
    events: ['change.merged', 'service.deployed'],
  },
  {
    id: 'failed-deployment-recovery-time',
    title: 'Failed deployment recovery time',
    unit: 'duration',
    better: 'lower',
    definition:
      'From the failure of a deployment to production to the recovery from it: the median, by the week of the recovery.',
    source: DORA,
    events: ['incident.detected', 'incident.resolved', 'service.deployed'],
  },
  {
    id: 'change-fail-rate',
    title: 'Change fail rate',
    unit: 'share',
    better: 'lower',
    definition:
      'Deployments to production that failed, of all deployments to production.',
    source: DORA,
    events: ['incident.detected', 'service.rolledback', 'service.deployed'],
  },
  {
    id: 'deployment-rework-rate',
    title: 'Deployment rework rate',
    unit: 'share',
    better: 'lower',
    definition:
      'Deployments to production that nobody planned and that were made because of an incident, of all deployments to production.',
    source: DORA,
    events: ['incident.detected', 'service.deployed'],
  },
];
