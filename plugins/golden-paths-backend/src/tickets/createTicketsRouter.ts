import {
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  decodeCursor,
  encodeCursor,
  entityRefSchema,
  limitSchema,
  parse,
  readJson,
} from '@waymark/backend-support';
import {
  goldenPathsTicketCreatePermission,
  goldenPathsTicketManagePermission,
  TicketList,
} from '@waymark/plugin-golden-paths-common';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { Tickets } from './Tickets';
import { ticketSchema } from './ticketSchema';

const MAX_BYTES = 64 * 1024;

const flag = z.enum(['true', 'false']).transform(text => text === 'true');

const listSchema = z.strictObject({
  owner: entityRefSchema({ kind: 'group' }).optional(),
  mine: flag.optional(),
  open: flag.optional(),
  cursor: z.string().max(1_000).optional(),
  limit: limitSchema({ default: 25, max: 100 }),
});

const paramsSchema = z.object({ id: z.uuid('is not the id of a question') });

/**
 * To ask the platform team, and to see what was asked: one's own, or all for the
 * platform team.
 *
 * @internal
 */
export function createTicketsRouter(options: {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  tickets: Tickets;
}): express.Router {
  const { httpAuth, permissions, tickets } = options;
  const router = Router();
  const may = async (
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ) => {
    const [{ result }] = await permissions.authorize([{ permission }], {
      credentials,
    });
    return result === AuthorizeResult.ALLOW;
  };
  const require = async (
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ) => {
    if (!(await may(credentials, permission))) {
      throw new NotAllowedError(`You lack the permission ${permission.name}`);
    }
  };

  router.post('/tickets', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    await require(credentials, goldenPathsTicketCreatePermission);
    const body = await readJson(request, response, { maxBytes: MAX_BYTES });
    const { ticket, duplicate } = await tickets.ask(
      credentials,
      parse(ticketSchema, body, 'body'),
    );
    response.status(duplicate ? 200 : 201).json(ticket);
  });

  router.get('/tickets', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const query = parse(listSchema, request.query, 'query');
    const { cursor, limit, mine, open, owner } = query;
    const manages = await may(credentials, goldenPathsTicketManagePermission);
    const filter = {
      createdBy:
        mine || !manages ? credentials.principal.userEntityRef : undefined,
      ownerRef: owner,
      open,
    };
    const list = JSON.stringify(filter);
    const { next, ...answer } = await tickets.list({
      ...filter,
      limit,
      after:
        cursor === undefined
          ? undefined
          : decodeCursor(list, z.tuple([z.int(), z.string()]), cursor),
    });
    response.json({
      ...answer,
      manages,
      nextCursor: next && encodeCursor(list, next),
    } satisfies TicketList);
  });

  router.get('/tickets/:id', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const { id } = parse(paramsSchema, request.params, 'path');
    const manages = await may(credentials, goldenPathsTicketManagePermission);
    const { userEntityRef } = credentials.principal;
    response.json(
      await tickets.get(id, { createdBy: manages ? undefined : userEntityRef }),
    );
  });

  router.post('/tickets/:id/close', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const { id } = parse(paramsSchema, request.params, 'path');
    await require(credentials, goldenPathsTicketManagePermission);
    response.json(await tickets.close(credentials, id));
  });

  return router;
}
