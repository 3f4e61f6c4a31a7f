import {
  countFitting,
  EntityFilter,
  toMillis,
  whereAny,
} from '@waymark/backend-support';
import { Exemption } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { OUTCOME_OF_CODE } from '../evaluation/outcomeOfCode';
import { outcomeOfDetail } from '../results/evidence/resolveEvidence';
import {
  exemptionColumns,
  ExemptionRow,
  exemptionRows,
  toExemption,
} from './ExemptionRow';

/** What the exemptions of a list are ordered by; a dash means the latest first. */
export const EXEMPTION_SORTS = ['-requestedAt', 'expiresAt'] as const;

/**
 * Which exemptions are asked for.
 *
 * @internal
 */
export interface ExemptionFilter {
  states?: Exemption['state'][];
  entityRef?: string;
  scorecardRef?: string;
  ruleId?: string;
  requestedBy?: string;
  /** In milliseconds. */
  expiresBefore?: number;
  sort: (typeof EXEMPTION_SORTS)[number];
}

/** Where a page ended: when its last exemption ends, in milliseconds, and its id. */
export const exemptionPositionSchema = z.tuple([
  z.int().nonnegative(),
  z.int32().positive(),
]);

type Position = z.output<typeof exemptionPositionSchema>;

type Row = ExemptionRow & { outcome: number | null; detail: string | null };

/**
 * A page of exemptions, each with what its rule comes to now.
 *
 * @param options - `select`: gets a query on `subjects`, to leave out those that are
 * not asked for; `scorecardRefs`: those that the caller may see, if not all; `after`:
 * the position of the page before; `limit`: there may be fewer, when their reasons are
 * long
 * @returns `next`: the position for the page after it
 * @internal
 */
export async function listExemptions(options: {
  knex: Knex;
  access: EntityFilter;
  filter: ExemptionFilter;
  select?: (query: Knex.QueryBuilder) => void;
  scorecardRefs?: string[];
  after?: Position;
  limit: number;
  now: number;
}): Promise<{ items: Exemption[]; next?: Position; totalItems: number }> {
  const { filter, after, limit, now } = options;
  const page = matching(options)
    .leftJoin('outcomes', join =>
      join
        .on('outcomes.subject_id', 'exemptions.subject_id')
        .andOn('outcomes.rule_id', 'exemptions.rule_id'),
    )
    .orderBy(
      filter.sort === 'expiresAt'
        ? ['exemptions.expires_at', 'exemptions.id']
        : [{ column: 'exemptions.id', order: 'desc' }],
    )
    .limit(limit + 1)
    .select<Row[]>({
      ...exemptionColumns,
      outcome: 'outcomes.outcome',
      detail: 'outcomes.detail',
    });
  if (after) {
    narrowToAfter(page, filter.sort, after);
  }
  const rows = await page;
  const total = await matching(options)
    .count({ count: '*' })
    .first<{ count: string | number }>();

  const all = rows.slice(0, limit).map(row => ({
    ...toExemption(row, now),
    ...(row.outcome !== null && { outcome: OUTCOME_OF_CODE[row.outcome] }),
    withoutExemption:
      row.outcome !== null && OUTCOME_OF_CODE[row.outcome] === 'exempt'
        ? outcomeOfDetail(row.detail ?? undefined)
        : undefined,
  }));
  const items = all.slice(0, countFitting(all));
  const last = rows[items.length - 1];
  return {
    items,
    ...(rows.length > items.length && {
      next: [toMillis(last.expires_at), last.id],
    }),
    totalItems: Number(total.count),
  };
}

function matching(options: {
  knex: Knex;
  access: EntityFilter;
  filter: ExemptionFilter;
  select?: (query: Knex.QueryBuilder) => void;
  scorecardRefs?: string[];
  now: number;
}) {
  const { knex, access, filter, select, scorecardRefs, now } = options;
  const query = exemptionRows(knex);
  access(query, 'exemptions.subject_id');
  select?.(query);
  if (scorecardRefs) {
    whereAny(knex, query, 'scorecards.ref', scorecardRefs);
  }
  const { entityRef, scorecardRef, ruleId, requestedBy, expiresBefore } =
    filter;
  if (entityRef) {
    query.where('subjects.ref', entityRef);
  }
  if (scorecardRef) {
    query.where('scorecards.ref', scorecardRef);
  }
  if (ruleId) {
    query.where('rules.rule_key', ruleId);
  }
  if (requestedBy) {
    query.where('exemptions.requested_by', requestedBy);
  }
  if (expiresBefore !== undefined) {
    query.where('exemptions.expires_at', '<', expiresBefore);
  }
  if (filter.states) {
    const { states } = filter;
    query.where(any => {
      for (const state of states) {
        any.orWhere(one => whereState(one, state, now));
      }
    });
  }
  return query;
}

function narrowToAfter(
  page: Knex.QueryBuilder,
  sort: ExemptionFilter['sort'],
  [expiresAt, id]: Position,
): void {
  if (sort === '-requestedAt') {
    page.where('exemptions.id', '<', id);
    return;
  }
  page.where(later =>
    later
      .where('exemptions.expires_at', '>', expiresAt)
      .orWhere(same =>
        same
          .where('exemptions.expires_at', expiresAt)
          .where('exemptions.id', '>', id),
      ),
  );
}

function whereState(
  query: Knex.QueryBuilder,
  state: Exemption['state'],
  now: number,
): void {
  if (state === 'expired') {
    query
      .where('exemptions.state', 'expired')
      .orWhere(lapsed =>
        lapsed
          .whereIn('exemptions.state', ['requested', 'approved'])
          .where('exemptions.expires_at', '<=', now),
      );
    return;
  }
  query.where('exemptions.state', state);
  if (state === 'requested' || state === 'approved') {
    query.where('exemptions.expires_at', '>', now);
  }
}
