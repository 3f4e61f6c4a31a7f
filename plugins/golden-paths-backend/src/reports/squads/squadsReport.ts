import {
  METRICS,
  MetricId,
  SquadsReport,
} from '@waymark/plugin-golden-paths-common';
import { countFitting, readTitles } from '@waymark/backend-support';
import { Knex } from 'knex';
import { z } from 'zod';
import { Weeks } from '../../calendar/Weeks';
import { known } from '../numbers/measuredNumbers';
import { readNumbers } from '../numbers/readNumbers';
import { NO_OWNER, OWNER } from '../../rollups/groupKeys';
import { daysOf, ReportPeriod } from '../scope/ReportPeriod';
import { ReportScope, toScope } from '../scope/ReportScope';

/** Where a page ended: the title, and the ref, of its last squad. */
export const squadPositionSchema = z.tuple([z.string(), z.string()]);

type Position = z.output<typeof squadPositionSchema>;
type Squad = SquadsReport['items'][number];

const collator = new Intl.Collator('en-US', { numeric: true });

/**
 * All metrics of each squad by itself; what belongs to no group comes last.
 *
 * @internal
 */
export async function squadsReport(options: {
  knex: Knex;
  scope: ReportScope;
  period: ReportPeriod;
  weeks: Weeks;
  now: number;
  after?: Position;
  limit: number;
}): Promise<{ report: SquadsReport; next?: Position }> {
  const { knex, scope, period, after, limit } = options;
  const squads = await readSquads(knex, scope);
  const rest = after
    ? squads.filter(({ place }) => comparePlaces(place, after) > 0)
    : squads;
  const page = rest.slice(0, limit);

  // Only what is on the page is added up
  const services = page.flatMap(({ ids }) => ids);
  const numbersOf = await readNumbers({
    ...options,
    byOwner: true,
    scope: toScope({ ...scope, knex, services }),
  });
  const items = page.map(({ place: [title, ref], ids }): Squad => {
    const numbers = numbersOf(ref);
    return {
      ownerRef: ref || undefined,
      title: title || undefined,
      services: ids.length,
      metrics: Object.fromEntries(
        METRICS.map(metric => {
          const coverage = numbers.coverage(metric.id);
          const value = numbers.value(metric.id, 'period');
          return [
            metric.id,
            { ...known(value, metric, coverage.withData > 0), coverage },
          ];
        }),
      ) as Record<MetricId, NonNullable<Squad['metrics'][MetricId]>>,
    };
  });
  const shown = items.slice(0, countFitting(items));
  return {
    report: { ...daysOf(period), items: shown },
    ...(shown.length < rest.length && { next: page[shown.length - 1].place }),
  };
}

/** Which services each group has, in the order in which they are read. */
async function readSquads(
  knex: Knex,
  scope: ReportScope,
): Promise<{ place: Position; ids: number[] }[]> {
  const query = knex('entities').select<{ id: number; owner: string }[]>(
    'entities.id',
    knex.raw(`${OWNER} as owner`),
  );
  scope.narrow(query, 'entities.id');
  const services = new Map<string, number[]>();
  for (const { id, owner } of await query) {
    const ids = services.get(owner);
    if (ids) {
      ids.push(id);
    } else {
      services.set(owner, [id]);
    }
  }
  const titles = await readTitles({
    knex,
    filter: scope.filter,
    refs: services.keys(),
  });
  return [...services]
    .map(([ref, ids]) => ({
      place: [titles.get(ref) ?? nameOf(ref), ref] as Position,
      ids,
    }))
    .sort((a, b) => comparePlaces(a.place, b.place));
}

function comparePlaces([title, ref]: Position, other: Position): number {
  return (
    Number(ref === NO_OWNER) - Number(other[1] === NO_OWNER) ||
    collator.compare(title, other[0]) ||
    (ref < other[1] ? -1 : Number(ref > other[1]))
  );
}

function nameOf(ref: string): string {
  return ref.slice(ref.indexOf('/') + 1);
}
