import {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  InputError,
  NotAllowedError,
  NotFoundError,
  stringifyError,
} from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  assertMediaType,
  parse,
  PayloadTooLargeError,
  readJson,
  UnsupportedMediaTypeError,
} from '@waymark/backend-support';
import { goldenPathsHistoryManagePermission } from '@waymark/plugin-golden-paths-common';
import express, { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { CsvImport } from './csv/CsvImport';
import { ImportProgress } from './ImportProgress';
import { ImportStore } from './ImportStore';

/** Of a file. */
const MAX_CSV_BYTES = 25_000_000;
const MAX_BYTES = 1_000_000;

/** How long an import may be silent before it is taken for broken off. */
const SILENCE_MS = 2 * 60_000;

const csvQuerySchema = z.strictObject({
  observed: z
    .enum(['true', 'false'])
    .transform(text => text === 'true')
    .default(false),
});

const repositorySchema = z
  .string()
  .max(512)
  .regex(
    /^(https?:\/\/[^\s/?#@]+\/)?[\w.-]+\/[\w.-]+\/?$/,
    'has to be the address of a repository on GitHub, or owner/name',
  );

const githubSchema = z.strictObject({
  repositories: z.array(repositorySchema).min(1).max(1_000).optional(),
  months: z.int().min(1).max(12).default(12),
  observed: z.boolean().default(false),
});

const paramsSchema = z.object({ id: z.uuid('is not the id of an import') });

/**
 * To import what happened before the portal was there, and to see how that goes.
 *
 * @internal
 */
export function createImportsRouter(options: {
  beginGithub(wish: {
    repositories?: string[];
    months: number;
    observed: boolean;
    startedBy: string;
  }): Promise<string>;
  csv: CsvImport;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  store: ImportStore;
}): express.Router {
  const { beginGithub, csv, httpAuth, permissions, store } = options;
  const router = Router();

  const authorize = async (request: Request) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const permission = goldenPathsHistoryManagePermission;
    const [{ result }] = await permissions.authorize([{ permission }], {
      credentials,
    });
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(`You lack the permission ${permission.name}`);
    }
    return credentials.principal.userEntityRef;
  };
  const get = async (id: string) => {
    const found = await store.get(id);
    if (!found) {
      throw new NotFoundError('There is no such import');
    }
    return found;
  };

  router.post('/imports/csv', async (request, response) => {
    const startedBy = await authorize(request);
    const { observed } = parse(csvQuerySchema, request.query, 'query');
    assertMediaType(request, 'text/csv', 'Send the file as it is.');
    if ((request.header('content-encoding') ?? 'identity') !== 'identity') {
      throw new UnsupportedMediaTypeError('The body must not be compressed');
    }
    const chunks = limited(request, () => response.set('Connection', 'close'));

    const silence = () => Date.now() + SILENCE_MS;
    const id = await store.begin({
      kind: 'csv',
      startedBy,
      observed,
      nextStepAt: silence(),
    });
    const progress = new ImportProgress({
      save: counts => store.save(id, { counts, nextStepAt: silence() }),
    });
    try {
      await csv.run(chunks, { observed, progress, startedBy });
      await store.end(id);
    } catch (error) {
      await store.end(id, {
        error:
          error instanceof InputError || error instanceof PayloadTooLargeError
            ? error.message
            : stringifyError(error),
      });
      throw error;
    }
    response.json(await get(id));
  });

  router.post('/imports/github', async (request, response) => {
    const startedBy = await authorize(request);
    const body = await readJson(request, response, { maxBytes: MAX_BYTES });
    const wish = parse(githubSchema, body, 'body');
    const id = await beginGithub({ ...wish, startedBy });
    response.status(202).json(await get(id));
  });

  router.get('/imports', async (request, response) => {
    await authorize(request);
    response.json({ items: await store.list() });
  });

  router.get('/imports/:id', async (request, response) => {
    await authorize(request);
    const { id } = parse(paramsSchema, request.params, 'path');
    response.json(await get(id));
  });

  return router;
}

/**
 * The bytes of a file while they arrive; too many are refused as soon as that is
 * clear.
 *
 * @param onRefusal - what is still on its way is not waited for
 */
async function* limited(
  request: Request,
  onRefusal: () => void,
): AsyncGenerator<Uint8Array> {
  const refuse = () => {
    onRefusal();
    return new PayloadTooLargeError(
      `The file has more than the ${MAX_CSV_BYTES} bytes that are accepted: import it in parts`,
    );
  };
  if (Number(request.header('content-length') ?? 0) > MAX_CSV_BYTES) {
    throw refuse();
  }
  let length = 0;
  // The answer goes over the same connection
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > MAX_CSV_BYTES) {
      throw refuse();
    }
    yield chunk;
  }
}
