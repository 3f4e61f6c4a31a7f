import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { EntityPermission } from '@waymark/backend-support';
import { isWithinSource } from '@waymark/plugin-ci-credentials-node';
import { goldenPathsEventPushPermission } from '@waymark/plugin-golden-paths-common';
import { EventClaim, EventReporter, EventRight } from './EventReporter';

/**
 * A person: under their own name, for the entities for which they may report. Those
 * who may report for all entities may speak as any source, too.
 *
 * @internal
 */
export class PersonReporter implements EventReporter {
  readonly #credentials: BackstageCredentials<BackstageUserPrincipal>;
  readonly #observers: string[];
  readonly #permission: EntityPermission;

  constructor(options: {
    credentials: BackstageCredentials<BackstageUserPrincipal>;
    /** Sources whose word is an observation, in what is made up. */
    observers: string[];
    permission: EntityPermission;
  }) {
    this.#credentials = options.credentials;
    this.#observers = options.observers;
    this.#permission = options.permission;
  }

  get receivedFrom(): string {
    return this.#credentials.principal.userEntityRef;
  }

  async decide(claims: EventClaim[]): Promise<(EventRight | Error)[]> {
    const { result } = await this.#permission.policy(this.#credentials);
    if (result === AuthorizeResult.ALLOW) {
      return claims.map(({ entityRef, sample, source }) => ({
        entityRef,
        authority: '',
        observed:
          sample &&
          this.#observers.some(observer => isWithinSource(source, observer)),
      }));
    }
    const refs = claims.flatMap(({ entityRef }) => entityRef ?? []);
    const denied = await this.#permission.denied(this.#credentials, [
      ...new Set(refs),
    ]);
    return claims.map(claim => this.#decide(claim, denied));
  }

  #decide(claim: EventClaim, denied: Set<string>): EventRight | Error {
    const { entityRef, source } = claim;
    if (entityRef === undefined) {
      return new InputError(
        'entityref: is missing: set this extension attribute to the entity that the event speaks for, such as component:default/checkout',
      );
    }
    if (denied.has(entityRef)) {
      return new NotAllowedError(
        `entityref: you lack the permission ${goldenPathsEventPushPermission.name} for ${entityRef}`,
      );
    }
    if (!isWithinSource(source, this.receivedFrom)) {
      return new NotAllowedError(
        `source: what you report yourself comes from ${this.receivedFrom} or an address below it, such as ${this.receivedFrom}/by-hand, and not from ${source}`,
      );
    }
    return { entityRef, authority: entityRef, observed: false };
  }
}
