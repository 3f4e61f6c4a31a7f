import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  decodeCursor,
  encodeCursor,
  EntitySelection,
  isBrokenOff,
  limitSchema,
  listReadable,
  narrowToSelection,
  parse,
  sendCsv,
} from '@waymark/backend-support';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { z } from 'zod';
import { audited } from '../audit/audited';
import { scorecardParamsSchema } from '../http/schemas';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { exportScorecard } from './export/exportScorecard';
import { readResults } from './list/readResults';
import { positionSchema, RESULT_SORTS } from './list/ResultsQuery';
import { resultsShape, toResultsFilter } from './list/ResultsRequest';
import { RuleRevisions } from './RuleRevisions';

/**
 * The entities of a scorecard, page by page and as a file.
 *
 * @internal
 */
export function createResultsRouter(options: {
  access: ScorecardAccess;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  knex: Knex;
  now: () => number;
  readable: ReadableScorecards;
  revisions: RuleRevisions;
}): Router {
  const { access, auditor, httpAuth, knex, now, readable, revisions } = options;
  const router = PromiseRouter();

  async function narrowFor(
    credentials: BackstageCredentials,
    selection: EntitySelection,
  ) {
    const filter = await access.filter(credentials);
    const select = await narrowToSelection({ knex, filter, selection });
    return { filter, narrow: await listReadable({ knex, filter, select }) };
  }

  router.get(
    '/scorecards/:namespace/:name/results',
    async (request, response) => {
      const ref = parse(scorecardParamsSchema, request.params, 'path');
      const schema = z.strictObject({
        ...resultsShape(now),
        sort: z.enum(RESULT_SORTS).default('name'),
        cursor: z.string().max(2000).optional(),
        limit: limitSchema({ default: 50, max: 200 }),
      });
      const { cursor, limit, ...asked } = parse(schema, request.query, 'query');
      const credentials = await httpAuth.credentials(request);
      await access.requireScorecards(credentials);
      const scorecard = await readable.get(credentials, ref, asked.asOf);
      const query = { ...toResultsFilter(scorecard, asked), sort: asked.sort };
      const list = ['results', ref, JSON.stringify(asked)];
      const { items, next, totalItems } = await readResults({
        knex,
        ...(await narrowFor(credentials, asked)),
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
      const schema = z.strictObject(resultsShape(now));
      const asked = parse(schema, request.query, 'query');
      const { asOf, ...filters } = asked;
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
              filters,
            },
          },
          async () => {
            await access.requireScorecards(credentials);
            const scorecard = await readable.get(credentials, ref, asOf);
            const wanted = toResultsFilter(scorecard, asked);
            const { narrow } = await narrowFor(credentials, asked);
            const at = asOf ?? now();
            const day = new Date(at).toISOString().slice(0, 10);
            await sendCsv({
              response,
              name: `${parseEntityRef(ref).name}-${day}`,
              lines: exportScorecard({ knex, narrow, wanted, revisions, at }),
            });
          },
        );
      } catch (error) {
        if (!isBrokenOff(error)) {
          throw error;
        }
      }
    },
  );

  return router;
}
