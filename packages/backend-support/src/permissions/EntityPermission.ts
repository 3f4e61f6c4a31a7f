import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { ExpiringCache } from './ExpiringCache';
import { getMany } from './getMany';

/** How long a change of a policy or of a group may go unnoticed. */
const TTL_MS = 5_000;

/**
 * Entities per question. The permission framework takes 100 kB in one request,
 * and repeats the conditions, with all groups of a person, for each entity.
 */
const CHUNK = 20;

/**
 * Whether callers hold a permission on entities, remembered for seconds and asked for
 * many entities at once.
 *
 * @public
 */
export class EntityPermission {
  readonly #permission: ResourcePermission<'catalog-entity'>;
  readonly #permissions: PermissionsService;
  readonly #policies = new ExpiringCache<PolicyDecision>({
    maxEntries: 1_000,
    now: Date.now,
    ttl: TTL_MS,
  });
  readonly #entities = new ExpiringCache<boolean>({
    maxEntries: 20_000,
    now: Date.now,
    ttl: TTL_MS,
  });

  constructor(options: {
    permission: ResourcePermission<'catalog-entity'>;
    permissions: PermissionsService;
  }) {
    this.#permission = options.permission;
    this.#permissions = options.permissions;
  }

  /** @returns those of the entities on which the caller lacks the permission */
  async denied(
    credentials: BackstageCredentials,
    entityRefs: string[],
  ): Promise<Set<string>> {
    const policy = await this.policy(credentials);
    if (policy.result === AuthorizeResult.ALLOW) {
      return new Set();
    }
    if (policy.result === AuthorizeResult.DENY) {
      return new Set(entityRefs);
    }
    const caller = JSON.stringify(credentials.principal);
    const allowed = await getMany({
      cache: this.#entities,
      items: entityRefs,
      keyOf: ref => `${caller} ${ref}`,
      load: refs => this.#askFor(credentials, refs),
    });
    return new Set(entityRefs.filter(ref => !allowed.get(ref)));
  }

  /** What the policy says without regard to any one entity. */
  policy(credentials: BackstageCredentials): Promise<PolicyDecision> {
    return this.#policies.get(
      JSON.stringify(credentials.principal),
      async () => {
        const [decision] = await this.#permissions.authorizeConditional(
          [{ permission: this.#permission }],
          { credentials },
        );
        return decision;
      },
    );
  }

  async #askFor(
    credentials: BackstageCredentials,
    refs: string[],
  ): Promise<Map<string, boolean>> {
    const allowed = new Map<string, boolean>();
    for (let start = 0; start < refs.length; start += CHUNK) {
      const chunk = refs.slice(start, start + CHUNK);
      const decisions = await this.#permissions.authorize(
        chunk.map(resourceRef => ({
          permission: this.#permission,
          resourceRef,
        })),
        { credentials },
      );
      for (const [index, { result }] of decisions.entries()) {
        allowed.set(chunk[index], result === AuthorizeResult.ALLOW);
      }
    }
    return allowed;
  }
}
