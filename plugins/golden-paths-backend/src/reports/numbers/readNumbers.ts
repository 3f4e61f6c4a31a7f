import {
  Coverage,
  MetricId,
  MetricValue,
} from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { Weeks } from '../../calendar/Weeks';
import { Measure } from '../../derive/Derived';
import { rollupParts } from '../../rollups/rollupCells';
import {
  lengthOf,
  ReportPeriod,
  spansOf,
  WeekSpan,
} from '../scope/ReportPeriod';
import { ReportScope } from '../scope/ReportScope';
import { measuredValue } from './measuredNumbers';
import {
  EVIDENCE,
  MEASURED,
  MeasuredMetric,
  MeasuredMetricId,
  measuresOf,
} from './metricSources';
import { Coverages, readCoverage } from './readCoverage';
import {
  FirstDeployment,
  firstDeploymentValue,
  readFirstDeployments,
} from './readFirstDeployments';
import {
  adoptionValue,
  deviationValue,
  DEVIATION_KINDS,
  PathWeeks,
  readPathWeeks,
} from './readPathWeeks';
import { Means, readMeans } from './readMeans';
import { readTallies, SpanId, Tallies } from './readTallies';
import { readTicketCategories } from './readTicketCategories';

export type MetricPart = { id: string; title: string } & MetricValue;

/**
 * All numbers of all metrics, of one owner or of all services.
 *
 * @internal
 */
export interface Numbers {
  value(metric: MetricId, span: SpanId): MetricValue;
  /** Over the whole period. */
  coverage(metric: MetricId): Coverage;
  /** Over the whole period. */
  parts(metric: MetricId): MetricPart[] | undefined;
  services: number;
}

/** What was read of one owner. */
interface Read {
  asked: Tallies;
  categories: ReadonlyMap<string, number>;
  coverage: Coverages;
  firsts: { [span: string]: FirstDeployment[] };
  means: Means;
  paths: PathWeeks;
  tickets: Tallies;
}

const isMeasured = (id: MetricId): id is MeasuredMetricId => id in MEASURED;

const MEASURES: Measure[] = [
  ...new Set(Object.values(MEASURED).flatMap(measuresOf)),
].filter(measure => measure !== 'tickets');

/** Of which the average is shown. */
const MEANS: Measure[] = Object.values(MEASURED).flatMap(metric =>
  metric.kind === 'duration' && metric.mean ? [metric.measure] : [],
);

/**
 * Reads what all metrics are made of, in a fixed number of queries.
 *
 * @param options - `byOwner`: of each group by itself, over the whole period alone
 * @internal
 */
export async function readNumbers(options: {
  knex: Knex;
  scope: ReportScope;
  period: ReportPeriod;
  weeks: Weeks;
  now: number;
  byOwner?: boolean;
}): Promise<(owner?: string) => Numbers> {
  const { knex, scope, period, weeks, now, byOwner = false } = options;
  const { narrow, narrowAskers } = scope;
  const spans: { [id: SpanId]: WeekSpan } = byOwner
    ? { period }
    : {
        ...spansOf(period),
        ...Object.fromEntries(
          period.weeks.map(week => [week, { first: week, last: week }]),
        ),
      };
  const wholes = Object.entries(spans).filter(([id]) => !/^\d/.test(id));

  const of = { knex, period, byOwner };
  const [services, askers] = await Promise.all(
    [scope.services, scope.askers].map(ids =>
      rollupParts(knex, ids, byOwner ? 'owner_group' : 'rollup_group'),
    ),
  );
  const [asked, tickets, means, coverage, paths, categories, firsts] =
    await Promise.all([
      readTallies({ ...of, parts: services, measures: MEASURES }),
      readTallies({ ...of, parts: askers, measures: ['tickets'] }),
      readMeans({ ...of, parts: services, measures: MEANS }),
      readCoverage({
        knex,
        narrow,
        measures: Object.values(EVIDENCE).filter(
          measure => measure !== 'tickets',
        ),
        span: period,
        byOwner,
      }),
      readPathWeeks({
        knex,
        narrow,
        period,
        byOwner,
      }),
      byOwner
        ? new Map<string, number>()
        : readTicketCategories({
            knex,
            narrow: narrowAskers,
            span: period,
            weeks,
          }),
      Promise.all(
        wholes.map(
          async ([id, span]): Promise<[string, FirstDeployment[]]> => [
            id,
            await readFirstDeployments({ knex, narrow, span, weeks }),
          ],
        ),
      ).then(all => Object.fromEntries(all)),
    ]);

  return owner => {
    const ofOwner = (deployments: FirstDeployment[]) =>
      byOwner
        ? deployments.filter(each => each.owner === (owner ?? ''))
        : deployments;
    const read: Read = {
      asked: asked(owner),
      categories,
      coverage: coverage(owner),
      means: means(owner),
      firsts: Object.fromEntries(
        Object.entries(firsts).map(([id, all]) => [id, ofOwner(all)]),
      ),
      paths: paths(owner),
      tickets: tickets(owner),
    };
    return numbersOf({ read, spans, now });
  };
}

function numbersOf(options: {
  read: Read;
  spans: { [id: SpanId]: WeekSpan };
  now: number;
}): Numbers {
  const { read, spans, now } = options;
  const talliesOf = (metric: MeasuredMetric) =>
    metric === MEASURED['support-load'] ? read.tickets : read.asked;
  const measured = (metric: MeasuredMetric, span: SpanId) =>
    measuredValue({
      metric,
      span,
      tallies: talliesOf(metric),
      means: read.means,
      weeks: lengthOf(spans[span]),
    });
  const firstsOf = (span: SpanId) =>
    read.firsts[span] ?? read.firsts.period.filter(({ week }) => week === span);
  const pathsOf = (span: SpanId) =>
    read.paths.get(span) ?? read.paths.last(spans[span]);

  return {
    services: read.coverage.services,

    value(id, span) {
      switch (id) {
        case 'time-to-first-deployment':
          return firstDeploymentValue({
            deployments: firstsOf(span),
            tier: 'staging',
            now,
          });
        case 'adoption':
          return adoptionValue(pathsOf(span));
        case 'deviation-rate':
          return deviationValue(pathsOf(span));
        default:
          return measured(MEASURED[id], span);
      }
    },

    coverage(id) {
      const { services } = read.coverage;
      const latest = pathsOf('period');
      switch (id) {
        case 'time-to-first-deployment': {
          const firsts = firstsOf('period');
          return {
            withData: firsts.filter(({ stagingAt }) => stagingAt !== undefined)
              .length,
            inScope: firsts.length,
          };
        }
        case 'adoption':
          return { withData: latest?.active ?? 0, inScope: services };
        case 'deviation-rate': {
          // Whoever follows no path cannot deviate from it
          const onPath = latest?.onPath ?? 0;
          return { withData: onPath, inScope: onPath };
        }
        case 'support-load':
          // Tickets come from one place: of all services, or of none
          return {
            withData: measured(MEASURED[id], 'period').count > 0 ? services : 0,
            inScope: services,
          };
        default:
          return isMeasured(id)
            ? read.coverage.of(EVIDENCE[id])
            : { withData: 0, inScope: services };
      }
    },

    parts(id) {
      const weeks = lengthOf(spans.period);
      switch (id) {
        case 'time-to-first-deployment':
          return (['staging', 'production'] as const).map(tier => ({
            id: tier,
            title: tier === 'staging' ? 'Staging' : 'Production',
            ...firstDeploymentValue({
              deployments: firstsOf('period'),
              tier,
              now,
            }),
          }));
        case 'deviation-rate':
          return DEVIATION_KINDS.map(kind => ({
            ...kind,
            ...deviationValue(pathsOf('period'), kind.id),
          }));
        case 'support-load':
          return [...read.categories].map(([category, count]) => ({
            id: category,
            title: titleOf(category),
            value: count / weeks,
            count,
          }));
        default: {
          const metric = isMeasured(id) ? MEASURED[id] : undefined;
          return metric?.kind === 'rate'
            ? metric.parts?.map(({ measure, ...part }) => ({
                ...part,
                ...measured({ kind: 'rate', measure }, 'period'),
              }))
            : undefined;
        }
      }
    },
  };
}

function titleOf(category: string): string {
  return category.charAt(0).toLocaleUpperCase('en-US') + category.slice(1);
}
