import { countFitting } from '@waymark/backend-support';
import {
  TemplateHealth,
  TemplateHealthDetails,
  TemplateHealthReport,
} from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { Weeks } from '../../calendar/Weeks';
import { NarrowRuns } from '../runs/VisibleRuns';
import { ReportPeriod, timesOf } from '../scope/ReportPeriod';
import { ReportScope } from '../scope/ReportScope';
import { readFailures } from './readFailures';
import { readFollowers } from './readFollowers';
import { readRunCounts, readRunDurations, runsOf } from './readRunCounts';
import { readRunWeeks } from './readRunWeeks';
import { TemplateRunRecord, toTemplateRun } from './toTemplateRun';

const MAX_RECENT = 20;

/** Each with its weeks: as many as go into one answer. */
const MAX_TEMPLATES = 200;

interface TemplatesRequest {
  knex: Knex;
  period: ReportPeriod;
  scope: ReportScope;
  visible: NarrowRuns;
  weeks: Weeks;
}

interface Template {
  ref: string;
  title: string | null;
  owner_ref: string | null;
}

/**
 * How golden paths fare, those with the most runs first.
 *
 * @internal
 */
export async function templatesReport(
  request: TemplatesRequest,
): Promise<TemplateHealthReport> {
  const { knex, scope } = request;
  const query = knex('entities')
    .where('entities.kind', 'template')
    .whereNull('entities.deleted_at')
    .orderBy('entities.ref')
    .limit(MAX_TEMPLATES)
    .select<Template[]>('entities.ref', 'entities.title', 'entities.owner_ref');
  scope.filter(query, 'entities.id');
  const { items } = await readHealth(request, await query);
  items.sort((a, b) => b.runs - a.runs);
  return { items: items.slice(0, countFitting(items)) };
}

/**
 * How one golden path fares.
 *
 * @internal
 */
export async function templateReport(
  request: TemplatesRequest & { entity: { id: number; ref: string } },
): Promise<TemplateHealthDetails> {
  const { knex, period, weeks, visible, entity } = request;
  const [template]: Template[] = await knex('entities')
    .where({ id: entity.id })
    .select('ref', 'title', 'owner_ref');
  const recent = runsOf({
    knex,
    templateRefs: [entity.ref],
    ...timesOf(period, weeks),
  })
    .orderBy([{ column: 'created_at', order: 'desc' }, 'task_id'])
    .limit(MAX_RECENT)
    .select<TemplateRunRecord[]>('*');
  visible(recent);
  const [{ items, failures, followers }, current, runs] = await Promise.all([
    readHealth(request, [template]),
    knex('template_versions')
      .where({ template_ref: entity.ref })
      .first('version'),
    recent,
  ]);
  return {
    ...items[0],
    failures: failures.get(entity.ref) ?? [],
    versions: (followers.get(entity.ref) ?? []).map(
      ({ version, services }) => ({
        version,
        current: version === current?.version,
        services,
      }),
    ),
    recent: runs.map(toTemplateRun),
  };
}

async function readHealth(request: TemplatesRequest, templates: Template[]) {
  const { knex, period, scope, visible, weeks } = request;
  const runs = {
    knex,
    templateRefs: templates.map(({ ref }) => ref),
    ...timesOf(period, weeks),
  };
  const [counts, durations, failures, trends, followers] = await Promise.all([
    readRunCounts(runs),
    readRunDurations(runs),
    readFailures({ ...runs, visible }),
    readRunWeeks({ ...runs, period, weeks }),
    readFollowers({
      knex,
      narrow: scope.narrow,
      week: period.last,
      templateRefs: runs.templateRefs,
    }),
  ]);
  const items = templates.map(({ ref, title, owner_ref: owner }) => {
    const took = durations.get(ref);
    const [failing] = failures.get(ref) ?? [];
    const versions = followers.get(ref) ?? [];
    const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
    const none = { runs: 0, succeeded: 0, failed: 0, cancelled: 0, running: 0 };
    return {
      templateRef: ref,
      title: title ?? undefined,
      ownerRef: owner ?? undefined,
      ...(counts.get(ref) ?? none),
      duration: took
        ? { value: took.median, p90: took.p90, count: took.count }
        : { count: 0 },
      failingStep: failing && {
        id: failing.id,
        name: failing.name,
        count: failing.count,
      },
      services: sum(versions.map(({ services }) => services)),
      behind: sum(versions.map(({ behind }) => behind)),
      trend: trends(ref),
    } satisfies TemplateHealth;
  });
  return { items: items as TemplateHealth[], failures, followers };
}
