import { problemsOfOpenSlo } from '../lib/openslo.mjs';
import { assertNone } from '../lib/reporter.mjs';

/**
 * Dashboard, alerts and objectives.
 *
 * @returns every query in them, for the check against what the service exports
 */
export async function checkObservability({ answers, files, path, reporter }) {
  const { name } = answers.values;
  const slos = files.matching(/^slo\//).flatMap(file => files.yaml(file));
  const objectives = slos.filter(({ kind }) => kind === 'SLO');
  const queries = [];

  await reporter.check('objectives after the OpenSLO specification', () => {
    assertNone(slos.flatMap(problemsOfOpenSlo));
    const services = slos.filter(({ kind }) => kind === 'Service');
    const sources = slos.filter(({ kind }) => kind === 'DataSource');
    assertNone(
      objectives.flatMap(({ metadata, spec }) => {
        const { good, total } = spec.indicator.spec.ratioMetric;
        queries.push(
          ...[good, total].map(metric => metric.metricSource.spec.query),
        );
        return [
          ...(services.some(service => service.metadata.name === spec.service)
            ? []
            : [`${metadata.name}: no such service`]),
          ...[good, total]
            .filter(
              ({ metricSource }) =>
                !sources.some(
                  source =>
                    source.metadata.name === metricSource.metricSourceRef,
                ),
            )
            .map(() => `${metadata.name}: no such data source`),
        ];
      }),
    );
    return `${objectives.length} objectives`;
  });

  await reporter.check('objectives for each endpoint, and for no other', () => {
    const [contract] = files.yaml('openapi.yaml');
    const endpoints = Object.entries(contract.paths).flatMap(
      ([route, operations]) =>
        Object.entries(operations)
          .filter(([, operation]) => !operation.tags?.includes('platform'))
          .map(
            ([method]) => `${method.toUpperCase()} ${path.metricRoute(route)}`,
          ),
    );
    const covered = objectives.map(({ spec }) => {
      const { query } = spec.indicator.spec.ratioMetric.total.metricSource.spec;
      return `${label(query, 'http_request_method')} ${label(
        query,
        'http_route',
      )}`;
    });
    assertNone([
      ...endpoints
        .filter(
          endpoint => covered.filter(other => other === endpoint).length < 2,
        )
        .map(endpoint => `${endpoint} lacks availability or latency`),
      ...covered
        .filter(endpoint => !endpoints.includes(endpoint))
        .map(endpoint => `${endpoint} is not in the contract`),
    ]);
    return endpoints.join(', ');
  });

  await reporter.check('every alert has its place in the runbook', () => {
    const [rule] = files.yaml('deploy/observability/alerts.yaml');
    const alerts = rule.spec.groups.flatMap(({ rules }) => rules);
    const readme = files.text('README.md');
    queries.push(...alerts.map(({ expr }) => expr));
    assertNone(
      alerts.flatMap(({ alert, labels, annotations }) => [
        ...(new RegExp(`^\\|.*\\b${alert}\\b.*docs/runbook\\.md#`, 'm').test(
          readme,
        )
          ? []
          : [`${alert} is not in the runbook`]),
        ...(['critical', 'warning'].includes(labels?.severity)
          ? []
          : [`${alert} has no severity`]),
        ...(annotations?.runbook_url?.endsWith('#runbook')
          ? []
          : [`${alert} does not lead to the runbook`]),
      ]),
    );
    return `${alerts.length} alerts`;
  });

  await reporter.check('the dashboard is whole', () => {
    const dashboard = files.json('deploy/observability/dashboard.json');
    const ids = new Set(dashboard.panels.map(({ id }) => id));
    const variables = new Map(
      dashboard.templating.list.map(variable => [variable.name, variable]),
    );
    const targets = dashboard.panels.flatMap(({ targets: list }) => list);
    queries.push(...targets.map(({ expr }) => expr));
    assertNone([
      ...(ids.size === dashboard.panels.length
        ? []
        : ['two panels have one id']),
      ...(dashboard.uid.length <= 40
        ? []
        : ['its uid is longer than 40 characters']),
      ...(variables.get('job')?.query === name
        ? []
        : ['it shows another service']),
      ...targets.flatMap(({ expr }) =>
        [...expr.matchAll(/\$(\w+)/g)]
          .filter(
            ([, variable]) =>
              !variable.startsWith('__') && !variables.has(variable),
          )
          .map(([, variable]) => `$${variable} is used and not declared`),
      ),
    ]);
    return `${dashboard.panels.length} panels`;
  });

  return { queries };
}

function label(query, key) {
  return new RegExp(`\\b${key}="([^"]*)"`).exec(query)?.[1];
}
