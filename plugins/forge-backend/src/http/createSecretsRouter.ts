import { InputError } from '@backstage/errors';
import express, {
  ErrorRequestHandler,
  NextFunction,
  Request,
  Response,
} from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { ForgeServices } from '../ForgeServices';
import { parseBody, parseInput } from '../names/parse';
import { secretName } from '../names/schemas';
import { repositoryOf } from './locate';
import { pageQuery, sendPageHeaders } from './paging';

const MAX_VALUE_LENGTH = 65_536;

const secretParams = z.object({ secretname: secretName });

const newSecret = z.object({
  data: z
    .string('must be the value of the secret')
    .max(MAX_VALUE_LENGTH, `must have at most ${MAX_VALUE_LENGTH} characters`),
});

/** The parser's own error quotes what it could not read: here, a secret. */
const withoutBody: ErrorRequestHandler = (error, _req, _res, next) => {
  next(
    error.type === 'entity.parse.failed'
      ? new InputError('The body is not valid JSON')
      : error,
  );
};

/**
 * `/repos/:org/:repo/actions/secrets`: secrets can be stored, replaced, listed by
 * name and deleted. No answer holds a value.
 *
 * @internal
 */
export function createSecretsRouter(services: ForgeServices): express.Router {
  const { auth, secrets } = services;
  const router = Router({ mergeParams: true });

  // Even their names are nobody else's business, and bodies of strangers are not
  // read
  router.use((req: Request, res: Response, next: NextFunction) => {
    auth.require(req, res);
    res.setHeader('Cache-Control', 'no-store');
    next();
  });

  router.get('/', async (req, res) => {
    const { page, limit } = parseInput(pageQuery, req.query);
    const all = await secrets.list(repositoryOf(req));
    sendPageHeaders({ req, res, page, limit, total: all.length });
    res.json(
      all.slice((page - 1) * limit, page * limit).map(secret => ({
        name: secret.name,
        created_at: secret.createdAt.toISOString(),
      })),
    );
  });

  router.put(
    '/:secretname',
    express.json({ limit: '512kb' }),
    withoutBody,
    async (req: Request, res: Response) => {
      const { secretname } = parseInput(secretParams, req.params);
      const { data } = parseBody(newSecret, req.body ?? {});
      const isNew = await secrets.put(repositoryOf(req), {
        name: secretname,
        value: data,
      });
      res.status(isNew ? 201 : 204).end();
    },
  );

  router.delete('/:secretname', async (req, res) => {
    const { secretname } = parseInput(secretParams, req.params);
    await secrets.delete(repositoryOf(req), secretname);
    res.status(204).end();
  });

  return router;
}
