import {
  BackstageCredentials,
  BackstageUserPrincipal,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * Which squad a question is of.
 *
 * @internal
 */
export class SquadFinder {
  readonly #catalog: CatalogService;
  readonly #userInfo: UserInfoService;

  constructor(options: { catalog: CatalogService; userInfo: UserInfoService }) {
    this.#catalog = options.catalog;
    this.#userInfo = options.userInfo;
  }

  /**
   * The owner of what it is about; without that, the group of whoever asks.
   *
   * @param options - `entityRef`: what it is about
   * @throws InputError when the caller sees no such entity
   */
  async find(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
    options: { entityRef?: string },
  ): Promise<string | undefined> {
    const { entityRef } = options;
    if (entityRef !== undefined) {
      const entity = await this.#catalog.getEntityByRef(entityRef, {
        credentials,
      });
      if (!entity) {
        throw new InputError(`entityRef: there is no entity ${entityRef}`);
      }
      const owner = firstGroup(entity, RELATION_OWNED_BY);
      if (owner) {
        return owner;
      }
    }
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      credentials,
    );
    const user = await this.#catalog.getEntityByRef(
      credentials.principal.userEntityRef,
      { credentials },
    );
    return (
      (user && (namedFirst(user) ?? firstGroup(user, RELATION_MEMBER_OF))) ??
      ownershipEntityRefs.find(isGroup)
    );
  }
}

function firstGroup(entity: Entity, type: string): string | undefined {
  return entity.relations?.find(
    relation => relation.type === type && isGroup(relation.targetRef),
  )?.targetRef;
}

/**
 * The group that a person names first, which is their own; relations are in the order
 * of the alphabet, and know of others, too.
 */
function namedFirst(user: Entity): string | undefined {
  const { memberOf } = user.spec ?? {};
  const [first] = Array.isArray(memberOf) ? memberOf : [];
  if (typeof first !== 'string') {
    return undefined;
  }
  const named = stringifyEntityRef(
    parseEntityRef(first, {
      defaultKind: 'Group',
      defaultNamespace: user.metadata.namespace,
    }),
  );
  return user.relations?.find(
    ({ type, targetRef }) => type === RELATION_MEMBER_OF && targetRef === named,
  )?.targetRef;
}

function isGroup(ref: string): boolean {
  return parseEntityRef(ref).kind.toLowerCase() === 'group';
}
