import { LoggerService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isResourcePermission,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { RoleMembers } from '../members/RoleMembers';
import { combine } from './combine';
import {
  audienceCondition,
  ownerCondition,
  ResourceCondition,
} from './conditions';
import { DenialLog } from './DenialLog';
import { matchesRule, namesPermission } from './matchesRule';
import { PolicyDefinition, PolicyRule } from './PolicyDefinition';

/**
 * Decides from the roles of whoever asks. Deny by default, and what one role
 * denies no other allows. Other plugins acting for themselves are never asked
 * about: the permission client answers for them.
 *
 * @internal
 */
export class RolePermissionPolicy implements PermissionPolicy {
  readonly #policy: PolicyDefinition;
  readonly #members: RoleMembers;
  readonly #denials: DenialLog;
  readonly #roleNames: readonly string[];

  constructor(options: {
    policy: PolicyDefinition;
    members: RoleMembers;
    logger: LoggerService;
  }) {
    this.#policy = options.policy;
    this.#members = options.members;
    this.#denials = new DenialLog({ logger: options.logger });
    this.#roleNames = Object.keys(options.policy.roles);
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return { result: AuthorizeResult.DENY };
    }
    const roles = await this.#members.rolesOf(user.info);
    const conditionOf = (rule: PolicyRule) =>
      this.#conditionOf(rule, permission, user, roles);
    const rules = (effect: 'allow' | 'deny') =>
      [...roles]
        .flatMap(role => this.#policy.roles[role][effect])
        .filter(rule => matchesRule(rule, permission));

    const decision = combine({
      permission,
      allow: rules('allow').map(conditionOf),
      // What cannot be asked must not weaken a denial
      deny: rules('deny').map(rule => conditionOf(rule) ?? 'always'),
    });
    if (
      decision.result === AuthorizeResult.DENY &&
      !this.#isNamed(permission.name)
    ) {
      this.#denials.unknown(permission);
    }
    return decision;
  }

  #conditionOf(
    rule: PolicyRule,
    permission: Permission,
    user: PolicyQueryUser,
    roles: ReadonlySet<string>,
  ): ResourceCondition | 'always' | undefined {
    if (!rule.when) {
      return 'always';
    }
    const resourceType = isResourcePermission(permission)
      ? permission.resourceType
      : undefined;
    const condition =
      resourceType && this.#ask(rule.when, resourceType, user, roles);
    if (!condition) {
      this.#denials.unanswerable(permission, rule.when);
      return undefined;
    }
    return condition;
  }

  #ask(
    when: NonNullable<PolicyRule['when']>,
    resourceType: string,
    user: PolicyQueryUser,
    roles: ReadonlySet<string>,
  ): ResourceCondition | 'always' | undefined {
    if (when === 'audience') {
      return audienceCondition({
        resourceType,
        roles,
        allRoles: this.#roleNames,
      });
    }
    const owner = Object.hasOwn(this.#policy.owners, resourceType)
      ? this.#policy.owners[resourceType]
      : undefined;
    return owner && ownerCondition({ resourceType, owner, user: user.info });
  }

  #isNamed(name: string): boolean {
    return Object.values(this.#policy.roles).some(role =>
      [...role.allow, ...role.deny].some(rule => namesPermission(rule, name)),
    );
  }
}
