import { MetricDefinition } from './metrics';

const OWN = { title: 'Waymark' };
const DORA = {
  title: 'DORA’s software delivery performance metrics (five since 2024)',
  url: 'https://dora.dev/guides/dora-metrics/',
};

/**
 * All metrics of delivery, in the order in which they are read. The rules behind them
 * are in docs/delivery.md.
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
      'From the start of the run that made a service to its first observed deployment to staging, with production beside it: the median, by the week of the request. Services that are not deployed yet are not left out: they count as taking longer than they have so far (Kaplan–Meier).',
    source: OWN,
    events: ['pipelinerun.started', 'service.deployed'],
  },
  {
    id: 'deployment-frequency',
    title: 'Deployment frequency',
    unit: 'per-week',
    better: 'higher',
    definition:
      'Deployments to production per week that something saw running; rollbacks are deployments, too. What only a pipeline claims is shown beside it and not counted.',
    source: DORA,
    events: ['service.deployed', 'service.upgraded', 'service.rolledback'],
  },
  {
    id: 'adoption',
    title: 'Golden path adoption',
    unit: 'share',
    better: 'higher',
    definition:
      'Active services that follow a golden path verifiably and pass its conformance check ÷ all active services, at the end of the week.',
    source: OWN,
    events: [],
  },
  {
    id: 'deviation-rate',
    title: 'Deviation rate',
    unit: 'share',
    better: 'lower',
    definition:
      'Services that deviate from their golden path ÷ services on a golden path, at the end of the week. Each counts as the worst of its deviations: justified, with an approval that has expired, or unjustified.',
    source: OWN,
    events: [],
  },
  {
    id: 'time-to-environment',
    title: 'Mean time to environment',
    unit: 'duration',
    better: 'lower',
    definition:
      'From the request for an environment to its creation, as something saw it: the mean, by the week of the creation. Environments of which nobody said when they were asked for are left out.',
    source: OWN,
    events: ['environment.created'],
  },
  {
    id: 'support-load',
    title: 'Platform support load',
    unit: 'per-week',
    better: 'lower',
    definition:
      'Tickets to the platform team per week, by category and by the squad that asks.',
    source: OWN,
    events: ['ticket.created'],
  },
  {
    id: 'change-lead-time',
    title: 'Change lead time',
    unit: 'duration',
    better: 'lower',
    definition:
      'From the merge of a change into the default branch to the first observed deployment to production that holds it: the median, by the week of the deployment. DORA begins with the commit, which nobody reports.',
    source: DORA,
    events: ['change.merged', 'service.deployed'],
  },
  {
    id: 'failed-deployment-recovery-time',
    title: 'Failed deployment recovery time',
    unit: 'duration',
    better: 'lower',
    definition:
      'From the failure of a deployment to production to the recovery from it: the median, by the week of the recovery. It fails when an incident is detected that is laid to it, and is recovered from when that is resolved; without an incident, from the deployment to its rollback.',
    source: DORA,
    events: ['incident.detected', 'incident.resolved', 'service.rolledback'],
  },
  {
    id: 'change-fail-rate',
    title: 'Change fail rate',
    unit: 'share',
    better: 'lower',
    definition:
      'Deployments to production that needed somebody to step in – an incident was laid to them, they were rolled back, or a later attempt at them failed – ÷ all observed deployments to production, by the week of the deployment.',
    source: DORA,
    events: ['service.deployed', 'incident.detected', 'service.rolledback'],
  },
  {
    id: 'deployment-rework-rate',
    title: 'Deployment rework rate',
    unit: 'share',
    better: 'lower',
    definition:
      'Deployments to production that nobody had planned, made because of an incident – rollbacks, the last one before an incident was resolved, and those that name it – ÷ all observed deployments to production.',
    source: DORA,
    events: ['service.deployed', 'incident.detected', 'service.rolledback'],
  },
];
