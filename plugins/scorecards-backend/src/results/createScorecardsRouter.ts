import {
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  countFitting,
  decodeCursor,
  encodeCursor,
  inSnapshot,
  limitSchema,
  listReadable,
  parse,
  pastSchema,
  searchSchema,
} from '@waymark/backend-support';
import { ScorecardLifecycle } from '@waymark/plugin-scorecards-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { z } from 'zod';
import { scorecardParamsSchema } from '../http/schemas';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { LevelTally } from '../reports/LevelTally';
import { countStandingsAsOf } from '../reports/standings';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';
import { toSummary } from './toSummary';

const lifecycleSchema = z.enum(['draft', 'live', 'retired']);

const listSchema = z.strictObject({
  search: searchSchema.optional(),
  /** May be given several times. */
  lifecycle: z
    .union([lifecycleSchema, z.array(lifecycleSchema)])
    .transform(lifecycles => [lifecycles].flat())
    .optional(),
  rules: z.enum(['true', 'false']).default('true'),
  cursor: z.string().max(2000).optional(),
  limit: limitSchema({ default: 50, max: 200 }),
});

/**
 * Scorecards with their summary.
 *
 * @internal
 */
export function createScorecardsRouter(options: {
  access: ScorecardAccess;
  httpAuth: HttpAuthService;
  knex: Knex;
  now: () => number;
  readable: ReadableScorecards;
}): Router {
  const { access, httpAuth, knex, now, readable } = options;
  const router = PromiseRouter();

  async function summaries(
    credentials: BackstageCredentials,
    scorecards: readonly ScorecardDefinition[],
    asOf?: number,
  ) {
    const filter = await access.filter(credentials);
    const narrow = await listReadable({ knex, filter });
    const scope = { scorecards, someScorecards: true, narrow };
    const count = (tx: Knex) => countStandingsAsOf(tx, scope, asOf);
    const tallies = await (asOf === undefined
      ? count(knex)
      : inSnapshot(knex, count));
    return scorecards.map(scorecard =>
      toSummary(scorecard, tallies.get(scorecard.id) ?? new LevelTally()),
    );
  }

  router.get('/scorecards', async (request, response) => {
    const query = parse(listSchema, request.query, 'query');
    const { cursor, limit, ...asked } = query;
    const list = ['scorecards', JSON.stringify(asked)];
    const credentials = await httpAuth.credentials(request);
    await access.requireScorecards(credentials);
    const all = (await readable.list(credentials)).filter(each =>
      isAskedFor(each, asked),
    );
    const position = cursor
      ? decodeCursor(list, z.tuple([z.string(), z.string()]), cursor)
      : undefined;
    const isAfter = ({ title, ref }: ScorecardDefinition) =>
      !position ||
      title > position[0] ||
      (title === position[0] && ref > position[1]);
    const rest = all.filter(isAfter);
    const page = (await summaries(credentials, rest.slice(0, limit))).map(
      ({ rules, ...summary }) =>
        asked.rules === 'true'
          ? { ...summary, rules }
          : { ...summary, rules: [], ruleCount: rules.length },
    );
    const items = page.slice(0, countFitting(page));
    const last = rest[items.length - 1];
    response.json({
      items,
      totalItems: all.length,
      ...(rest.length > items.length && {
        nextCursor: encodeCursor(list, [last.title, last.ref]),
      }),
    });
  });

  router.get('/scorecards/:namespace/:name', async (request, response) => {
    const ref = parse(scorecardParamsSchema, request.params, 'path');
    const schema = z.strictObject({ asOf: pastSchema(now).optional() });
    const { asOf } = parse(schema, request.query, 'query');
    const credentials = await httpAuth.credentials(request);
    await access.requireScorecards(credentials);
    const scorecard = await readable.get(credentials, ref, asOf);
    const [summary] = await summaries(credentials, [scorecard], asOf);
    response.json(summary);
  });

  return router;
}

function isAskedFor(
  { title, description = '', ref, lifecycle }: ScorecardDefinition,
  asked: { search?: string; lifecycle?: ScorecardLifecycle[] },
): boolean {
  const search = asked.search?.toLowerCase() ?? '';
  return (
    (asked.lifecycle?.includes(lifecycle) ?? true) &&
    [title, description, parseEntityRef(ref).name].some(text =>
      text.toLowerCase().includes(search),
    )
  );
}
