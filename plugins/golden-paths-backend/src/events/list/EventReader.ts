import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  decodeCursor,
  encodeCursor,
  EntityAccess,
} from '@waymark/backend-support';
import {
  DeliveryEventList,
  goldenPathsEventReadPermission,
  goldenPathsUnmatchedReadPermission,
} from '@waymark/plugin-golden-paths-common';
import { z } from 'zod';
import { EventList, EventSelection } from './EventList';
import { EventsQuery } from './readEventsRequest';

/** The largest number that the column takes on PostgreSQL. */
const MAX_SEQUENCE = 2n ** 63n - 1n;

const positionSchema = z.tuple([
  z.int(),
  z
    .string()
    .regex(/^\d{1,19}$/)
    .refine(sequence => BigInt(sequence) <= MAX_SEQUENCE),
]);

/**
 * Shows events to those who may see them.
 *
 * @internal
 */
export class EventReader {
  readonly #access: EntityAccess;
  readonly #list: EventList;
  readonly #permissions: PermissionsService;

  constructor(options: {
    access: EntityAccess;
    list: EventList;
    permissions: PermissionsService;
  }) {
    this.#access = options.access;
    this.#list = options.list;
    this.#permissions = options.permissions;
  }

  /** @throws NotAllowedError that names the permission */
  async read(
    credentials: BackstageCredentials,
    query: EventsQuery,
  ): Promise<DeliveryEventList> {
    const { cursor, limit, entityRef, unmatched, ...filters } = query;
    const { items, next } = await this.#list.list({
      selection: {
        ...filters,
        of: await this.#scope(credentials, query),
      },
      limit,
      after:
        cursor === undefined ? undefined : toPosition(listOf(query), cursor),
    });
    return {
      items,
      nextCursor:
        next && encodeCursor(listOf(query), [next.occurredAt, next.sequence]),
    };
  }

  async #scope(
    credentials: BackstageCredentials,
    query: EventsQuery,
  ): Promise<EventSelection['of']> {
    const { entityRef, unmatched } = query;
    if (unmatched) {
      await this.#access.requirePermission(
        credentials,
        goldenPathsUnmatchedReadPermission,
      );
      return 'unmatched';
    }
    if (entityRef === undefined) {
      return {
        filters: [
          await this.#access.filter(credentials),
          await this.#access.filter(
            credentials,
            goldenPathsEventReadPermission,
          ),
        ],
      };
    }
    await this.#require(credentials, entityRef);
    return { entityRef };
  }

  /** Also for an entity that this plugin has not seen in the catalog yet. */
  async #require(
    credentials: BackstageCredentials,
    entityRef: string,
  ): Promise<void> {
    const permissions = [
      goldenPathsEventReadPermission,
      catalogEntityReadPermission,
    ];
    const decisions = await this.#permissions.authorize(
      permissions.map(permission => ({ permission, resourceRef: entityRef })),
      { credentials },
    );
    const denied = decisions.findIndex(
      ({ result }) => result !== AuthorizeResult.ALLOW,
    );
    if (denied >= 0) {
      throw new NotAllowedError(
        `You lack the permission ${permissions[denied].name} for ${entityRef}`,
      );
    }
  }
}

/** All that decides which events a list has. */
function listOf({ cursor: _, limit: __, ...list }: EventsQuery) {
  return list as Record<string, string | number | boolean>;
}

function toPosition(list: ReturnType<typeof listOf>, cursor: string) {
  const [occurredAt, sequence] = decodeCursor(list, positionSchema, cursor);
  return { occurredAt, sequence };
}
