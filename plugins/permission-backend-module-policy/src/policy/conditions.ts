import { BackstageUserInfo } from '@backstage/backend-plugin-api';
import {
  AllOfCriteria,
  NotCriteria,
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { OwnerRule } from './PolicyDefinition';

/** The label of a Template whose value is the role it is kept for. */
const AUDIENCE_LABEL = 'waymark.dev/audience';

/** A step or page of a template with this tag before a role is kept for the role. */
const AUDIENCE_TAG_PREFIX = 'for-';

/** A question that the plugin with the resource answers. */
export interface ResourceCondition {
  pluginId: string;
  criteria: PermissionCriteria<PermissionCondition>;
}

/** Is the resource this person's, or one of their groups'? */
export function ownerCondition(options: {
  resourceType: string;
  owner: OwnerRule;
  user: BackstageUserInfo;
}): ResourceCondition {
  const { resourceType, owner, user } = options;
  return {
    pluginId: owner.pluginId,
    criteria: {
      resourceType,
      rule: owner.rule,
      params: {
        [owner.parameter]:
          owner.holds === 'user'
            ? [user.userEntityRef]
            : unique([user.userEntityRef, ...user.ownershipEntityRefs]),
      },
    },
  };
}

/**
 * Is the resource free of a label or tag that keeps it for a role this person
 * does not hold?
 *
 * @returns `always` when nothing can be kept from this person, `undefined` for a
 * type of resource that cannot be kept for a role
 */
export function audienceCondition(options: {
  resourceType: string;
  roles: ReadonlySet<string>;
  allRoles: readonly string[];
}): ResourceCondition | 'always' | undefined {
  switch (options.resourceType) {
    case 'catalog-entity':
      return entityAudience(options);
    case 'scaffolder-template':
      return stepAudience(options);
    default:
      return undefined;
  }
}

function entityAudience(options: {
  resourceType: string;
  roles: ReadonlySet<string>;
}): ResourceCondition {
  const { resourceType } = options;
  const condition = (rule: string, params: PermissionCondition['params']) => ({
    resourceType,
    rule,
    params,
  });
  // As one negation that begins with the label: few entities carry it, and a
  // database finds those first. A label with a role that does not exist hides
  // the template from all who are asked
  const kept: AllOfCriteria<PermissionCondition> = {
    allOf: [
      condition('HAS_LABEL', { label: AUDIENCE_LABEL }),
      condition('IS_ENTITY_KIND', { kinds: ['Template'] }),
      ...[...options.roles].map(
        (role): NotCriteria<PermissionCondition> => ({
          not: condition('HAS_LABEL', { label: AUDIENCE_LABEL, value: role }),
        }),
      ),
    ],
  };
  return { pluginId: 'catalog', criteria: { not: kept } };
}

function stepAudience(options: {
  resourceType: string;
  roles: ReadonlySet<string>;
  allRoles: readonly string[];
}): ResourceCondition | 'always' {
  const [first, ...others] = options.allRoles
    .filter(role => !options.roles.has(role))
    .map(
      (role): NotCriteria<PermissionCondition> => ({
        not: {
          resourceType: options.resourceType,
          rule: 'HAS_TAG',
          params: { tag: `${AUDIENCE_TAG_PREFIX}${role}` },
        },
      }),
    );
  return first
    ? { pluginId: 'scaffolder', criteria: { allOf: [first, ...others] } }
    : 'always';
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
