import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { InputError, isError } from '@backstage/errors';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { z } from 'zod';
import { audited } from '../audit/audited';
import { decodeCursor, encodeCursor } from '../http/cursor';
import { parse } from '../http/parse';
import {
  entityRefSchema,
  limitSchema,
  outcomeSchema,
  pastSchema,
  ruleIdSchema,
  scorecardParamsSchema,
} from '../http/schemas';
import { EntityAccess } from '../permissions/EntityAccess';
import { GroupTree } from '../permissions/GroupTree';
import { listReadable } from '../permissions/listReadable';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { LevelTally } from '../reports/LevelTally';
import { countStandings } from '../reports/standings';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';
import { exportScorecard } from './export/exportScorecard';
import { readResults } from './list/readResults';
import {
  positionSchema,
  RESULT_SORTS,
  ResultsQuery,
} from './list/ResultsQuery';
import { RuleRevisions } from './RuleRevisions';
import { toSummary } from './toSummary';

const pageShape = {
  cursor: z.string().max(2000).optional(),
  limit: limitSchema({ default: 50, max: 200 }),
};

/**
 * Scorecards and the entities on them.
 *
 * @internal
 */
export function createScorecardsRouter(options: {
  access: EntityAccess;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  knex: Knex;
  now: () => number;
  readable: ReadableScorecards;
  revisions: RuleRevisions;
}): Router {
  const { access, auditor, httpAuth, knex, now, readable, revisions } = options;
  const router = PromiseRouter();

  async function summaries(
    credentials: BackstageCredentials,
    scorecards: readonly ScorecardDefinition[],
  ) {
    const filter = await access.filter(credentials);
    const tallies = await countStandings(knex, {
      scorecards,
      someScorecards: true,
      narrow: await listReadable({ knex, filter }),
    });
    return scorecards.map(scorecard =>
      toSummary(scorecard, tallies.get(scorecard.id) ?? new LevelTally()),
    );
  }

  router.get('/scorecards', async (request, response) => {
    const query = parse(z.strictObject(pageShape), request.query, 'query');
    const credentials = await httpAuth.credentials(request);
    await access.requireScorecards(credentials);
    const all = await readable.list(credentials);
    const position = query.cursor
      ? decodeCursor(
          'scorecards',
          z.tuple([z.string(), z.string()]),
          query.cursor,
        )
      : undefined;
    const isAfter = ({ title, ref }: ScorecardDefinition) =>
      !position ||
      title > position[0] ||
      (title === position[0] && ref > position[1]);
    const rest = all.filter(isAfter);
    const page = rest.slice(0, query.limit);
    const last = page[page.length - 1];
    response.json({
      items: await summaries(credentials, page),
      totalItems: all.length,
      ...(rest.length > page.length && {
        nextCursor: encodeCursor('scorecards', [last.title, last.ref]),
      }),
    });
  });

  router.get('/scorecards/:namespace/:name', async (request, response) => {
    const ref = parse(scorecardParamsSchema, request.params, 'path');
    const credentials = await httpAuth.credentials(request);
    await access.requireScorecards(credentials);
    const scorecard = await readable.get(credentials, ref);
    const [summary] = await summaries(credentials, [scorecard]);
    response.json(summary);
  });

  router.get(
    '/scorecards/:namespace/:name/results',
    async (request, response) => {
      const ref = parse(scorecardParamsSchema, request.params, 'path');
      const schema = z.strictObject({
        ...pageShape,
        level: z.string().max(63).optional(),
        rule: ruleIdSchema.optional(),
        outcome: outcomeSchema.optional(),
        owner: entityRefSchema({ kind: 'group' }).optional(),
        system: entityRefSchema({ kind: 'system' }).optional(),
        asOf: pastSchema(now).optional(),
        sort: z.enum(RESULT_SORTS).default('name'),
      });
      const { cursor, limit, ...asked } = parse(schema, request.query, 'query');
      const credentials = await httpAuth.credentials(request);
      await access.requireScorecards(credentials);
      const scorecard = await readable.get(credentials, ref, asked.asOf);
      const filter = await access.filter(credentials);
      const query: ResultsQuery = {
        scorecard,
        asOf: asked.asOf,
        level: levelOf(scorecard, asked.level),
        ...ruleOf(scorecard, asked),
        systemRef: asked.system,
        sort: asked.sort,
      };
      const list = ['results', ref, JSON.stringify(asked)];
      const ownerRefs =
        asked.owner === undefined
          ? undefined
          : (await GroupTree.read(knex, filter)).downwards(asked.owner);
      const { items, next, totalItems } = await readResults({
        knex,
        narrow: await listReadable({ knex, filter, ownerRefs }),
        query,
        after: cursor
          ? decodeCursor(list, positionSchema(asked.sort), cursor)
          : undefined,
        limit,
      });
      response.json({
        items,
        totalItems,
        ...(next && { nextCursor: encodeCursor(list, next) }),
      });
    },
  );

  router.get(
    '/scorecards/:namespace/:name/export.csv',
    async (request, response) => {
      const ref = parse(scorecardParamsSchema, request.params, 'path');
      const schema = z.strictObject({ asOf: pastSchema(now).optional() });
      const { asOf } = parse(schema, request.query, 'query');
      const credentials = await httpAuth.credentials(request);
      try {
        await audited(
          auditor,
          {
            eventId: 'scorecard-export',
            severityLevel: 'medium',
            request,
            meta: {
              scorecardRef: ref,
              asOf: asOf && new Date(asOf).toISOString(),
            },
          },
          async () => {
            await access.requireScorecards(credentials);
            const scorecard = await readable.get(credentials, ref, asOf);
            const filter = await access.filter(credentials);
            const narrow = await listReadable({ knex, filter });
            const at = asOf ?? now();
            const day = new Date(at).toISOString().slice(0, 10);
            response.set({
              'Cache-Control': 'no-store',
              'Content-Disposition': `attachment; filename="${fileName(
                ref,
              )}-${day}.csv"`,
              'Content-Type': 'text/csv; charset=utf-8',
              'X-Content-Type-Options': 'nosniff',
            });
            await pipeline(
              Readable.from(
                exportScorecard({ knex, narrow, scorecard, revisions, at }),
              ),
              response,
            );
          },
        );
      } catch (error) {
        // Whoever stopped the download need not be told, nor the log
        if (!isError(error) || error.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
          throw error;
        }
      }
    },
  );

  return router;
}

function levelOf(
  { levels }: ScorecardDefinition,
  id: string | undefined,
): number | undefined {
  if (id === undefined) {
    return undefined;
  }
  if (id === 'none') {
    return 0;
  }
  const index = levels.findIndex(level => level.id === id);
  if (index < 0) {
    throw new InputError(`level: there is no level ${id}`);
  }
  return index + 1;
}

function ruleOf(
  { rules }: ScorecardDefinition,
  { rule: key, outcome }: Pick<ResultsQuery, 'outcome'> & { rule?: string },
): Pick<ResultsQuery, 'ruleId' | 'outcome'> {
  if (key === undefined) {
    return { outcome };
  }
  if (!outcome) {
    throw new InputError('outcome: is needed with a rule');
  }
  const rule = rules.find(each => each.key === key);
  if (!rule) {
    throw new InputError(`rule: there is no rule ${key}`);
  }
  return { ruleId: rule.id, outcome };
}

/** Names of entities have no other characters; a file name must not have them. */
function fileName(ref: string): string {
  return parseEntityRef(ref).name.replace(/[^a-zA-Z0-9._-]/g, '-');
}
