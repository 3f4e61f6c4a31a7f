import { LoggerService } from '@backstage/backend-plugin-api';
import {
  isResourcePermission,
  Permission,
} from '@backstage/plugin-permission-common';

/** Anybody may ask about any name: what is remembered and printed is bounded. */
const MAX_NAMES = 200;
const MAX_NAME_LENGTH = 100;

/**
 * Tells the operator, once per permission, of denials that are a gap in the
 * policy and not a decision of it.
 *
 * @internal
 */
export class DenialLog {
  readonly #logger: LoggerService;
  readonly #told = new Set<string>();

  constructor(options: { logger: LoggerService }) {
    this.#logger = options.logger;
  }

  /** No role names this permission. */
  unknown(permission: Permission): void {
    const name = quote(permission.name);
    this.#once(
      `unknown ${name}`,
      `Denied the permission ${name}${kindOf(
        permission,
      )}, which no role names. ` +
        'To allow it, add it to a role of your own under permission.policy.roles and say in permission.policy.members who holds that role',
    );
  }

  /** A rule has a condition that cannot be asked of this permission. */
  unanswerable(permission: Permission, when: string): void {
    const name = quote(permission.name);
    const type = isResourcePermission(permission)
      ? `resources of type ${quote(permission.resourceType)}`
      : 'a permission without a resource';
    const help =
      when === 'owner'
        ? 'Describe the type under permission.policy.owners, or allow the permission without a condition'
        : 'Allow the permission without a condition';
    this.#once(
      `unanswerable ${name} ${when}`,
      `The policy cannot tell "when: ${when}" for ${name}, ${type}, and denies it. ${help}`,
    );
  }

  #once(key: string, message: string): void {
    if (this.#told.has(key) || this.#told.size >= MAX_NAMES) {
      return;
    }
    this.#told.add(key);
    this.#logger.warn(message);
  }
}

function kindOf(permission: Permission): string {
  const words = [
    ...(permission.attributes.action
      ? [`action ${permission.attributes.action}`]
      : []),
    ...(isResourcePermission(permission)
      ? [`resource type ${quote(permission.resourceType)}`]
      : []),
  ];
  return words.length > 0 ? ` (${words.join(', ')})` : '';
}

function quote(value: string): string {
  return JSON.stringify(value.slice(0, MAX_NAME_LENGTH));
}
