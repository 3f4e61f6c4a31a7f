import { problemsOfOpenSlo } from '../lib/openslo.mjs';

const objectsOf = files =>
  files.matching(/^slo\/.*\.ya?ml$/).flatMap(file => files.yaml(file));
const ofKind = (files, kind) =>
  objectsOf(files).filter(object => object.kind === kind);
const metricsOf = ({ spec }) => {
  const { good, total } = spec.indicator.spec.ratioMetric;
  return [good, total].map(({ metricSource }) => metricSource);
};
const alertsOf = files =>
  files
    .yaml('deploy/observability/alerts.yaml')[0]
    .spec.groups.flatMap(({ rules }) => rules);
const dashboardOf = files => files.json('deploy/observability/dashboard.json');
const targetsOf = dashboard =>
  dashboard.panels.flatMap(({ targets = [] }) => targets);

/** Every query of dashboard, alerts and objectives. */
export function queriesOf(files) {
  return [
    ...ofKind(files, 'SLO')
      .flatMap(metricsOf)
      .map(({ spec }) => spec.query),
    ...alertsOf(files).map(({ expr }) => expr),
    ...targetsOf(dashboardOf(files)).map(({ expr }) => expr),
  ];
}

/** Dashboard, alerts and objectives. */
export const observabilityChecks = [
  {
    name: 'objectives after the OpenSLO specification',
    part: 'observability',
    find({ files, count }) {
      const objects = objectsOf(files);
      count('schemas', objects.length);
      return objects.flatMap(problemsOfOpenSlo);
    },
  },
  {
    name: 'objectives name services and data sources that are there',
    part: 'observability',
    find({ files }) {
      const names = kind =>
        ofKind(files, kind).map(({ metadata }) => metadata.name);
      const services = names('Service');
      const sources = names('DataSource');
      return ofKind(files, 'SLO').flatMap(objective => [
        ...(services.includes(objective.spec.service)
          ? []
          : [`${objective.metadata.name}: no such service`]),
        ...metricsOf(objective)
          .filter(({ metricSourceRef }) => !sources.includes(metricSourceRef))
          .map(() => `${objective.metadata.name}: no such data source`),
      ]);
    },
  },
  {
    name: 'objectives for each endpoint, and for no other',
    part: 'observability',
    find({ files, path }) {
      const endpoints = path.endpoints(files);
      const covered = ofKind(files, 'SLO').map(objective =>
        path.endpointOf(metricsOf(objective)[1].spec.query),
      );
      return [
        ...endpoints
          .filter(
            endpoint => covered.filter(other => other === endpoint).length < 2,
          )
          .map(endpoint => `${endpoint} lacks availability or latency`),
        ...covered
          .filter(endpoint => !endpoints.includes(endpoint))
          .map(endpoint => `${endpoint} is not in the contract`),
      ];
    },
  },
  {
    name: 'every alert has its place in the runbook',
    part: 'observability',
    find({ files, parts, count }) {
      const readme = parts.has('docs') ? files.text('README.md') : '';
      const alerts = alertsOf(files);
      const names = alerts.map(({ alert }) => alert);
      count('alerts', alerts.length);
      const lost = namesInRunbook(readme).filter(name => !names.includes(name));
      return [
        ...lost.map(name => `${name} is in the runbook, and no alert`),
        ...alerts.flatMap(({ alert, labels, annotations }) => [
          ...(!parts.has('docs') ||
          new RegExp(`^\\|.*\\b${alert}\\b.*docs/runbook\\.md#`, 'm').test(
            readme,
          )
            ? []
            : [`${alert} is not in the runbook`]),
          ...(['critical', 'warning'].includes(labels?.severity)
            ? []
            : [`${alert} has no severity`]),
          ...(!parts.has('docs') ||
          annotations?.runbook_url?.endsWith('#runbook')
            ? []
            : [`${alert} does not lead to the runbook`]),
        ]),
      ];
    },
  },
  {
    name: 'the dashboard is whole',
    part: 'observability',
    find({ answers, files, count }) {
      const dashboard = dashboardOf(files);
      const ids = new Set(dashboard.panels.map(({ id }) => id));
      const variables = new Map(
        dashboard.templating.list.map(variable => [variable.name, variable]),
      );
      count('panels', dashboard.panels.length);
      return [
        ...(ids.size === dashboard.panels.length
          ? []
          : ['two panels have one id']),
        ...(dashboard.uid.length <= 40
          ? []
          : ['its uid is longer than 40 characters']),
        ...(variables.get('job')?.query === answers.values.name
          ? []
          : ['it shows another service']),
        ...targetsOf(dashboard).flatMap(({ expr }) =>
          [...expr.matchAll(/\$(\w+)/g)]
            .filter(
              ([, variable]) =>
                !variable.startsWith('__') && !variables.has(variable),
            )
            .map(([, variable]) => `$${variable} is used and not declared`),
        ),
      ];
    },
  },
  {
    name: 'every query asks for metrics the service exports',
    part: 'observability',
    // Known once the service itself has been asked
    when: ({ exported }) => exported !== undefined,
    find: ({ files, exported, count }) => {
      const queries = queriesOf(files);
      count('queries', queries.length);
      return [
        ...new Set(queries.flatMap(query => problemsOfQuery(query, exported))),
      ];
    },
  },
];

/** The alerts that the runbook tells what to do about. */
function namesInRunbook(readme) {
  return [...readme.matchAll(/^\|([^|]+)\|.*docs\/runbook\.md#/gm)].flatMap(
    ([, names]) => names.split(',').map(name => name.trim()),
  );
}

/** Labels that the one who scrapes adds. */
const labelsOfTarget = ['job', 'namespace', 'pod'];

function problemsOfQuery(query, exported) {
  return [...query.matchAll(/\b([a-z_:][\w:]*)\{([^}]*)\}/g)].flatMap(
    ([, metric, matchers]) => {
      // Prometheus itself says whether a target is up
      const labels = metric === 'up' ? new Set() : exported.get(metric);
      if (!labels) {
        return [`${metric} is not exported`];
      }
      return [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)]
        .filter(
          ([, label]) => !labels.has(label) && !labelsOfTarget.includes(label),
        )
        .map(([, label]) => `${metric} has no label ${label}`);
    },
  );
}
