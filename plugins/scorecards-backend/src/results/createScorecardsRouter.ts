import {
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../http/cursor';
import { parse } from '../http/parse';
import { limitSchema, scorecardParamsSchema } from '../http/schemas';
import { EntityAccess } from '../permissions/EntityAccess';
import { listReadable } from '../permissions/listReadable';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { LevelTally } from '../reports/LevelTally';
import { countStandings } from '../reports/standings';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';
import { toSummary } from './toSummary';

const pageShape = {
  cursor: z.string().max(2000).optional(),
  limit: limitSchema({ default: 50, max: 200 }),
};

/**
 * Scorecards with their summary.
 *
 * @internal
 */
export function createScorecardsRouter(options: {
  access: EntityAccess;
  httpAuth: HttpAuthService;
  knex: Knex;
  readable: ReadableScorecards;
}): Router {
  const { access, httpAuth, knex, readable } = options;
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

  return router;
}
