import {
  AuthorizeResult,
  isResourcePermission,
  Permission,
  PermissionCondition,
  PermissionCriteria,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { ResourceCondition } from './conditions';

type Criteria = PermissionCriteria<PermissionCondition>;

/**
 * One decision from those of all rules: anything that allows, and nothing that
 * denies.
 *
 * @param options.allow - when each rule that allows does so; `undefined` is never
 * @param options.deny - when each rule that denies does so
 * @internal
 */
export function combine(options: {
  permission: Permission;
  allow: (ResourceCondition | 'always' | undefined)[];
  deny: (ResourceCondition | 'always')[];
}): PolicyDecision {
  const { permission, allow, deny } = options;
  if (deny.includes('always')) {
    return { result: AuthorizeResult.DENY };
  }
  const allowing = conditions(allow);
  const denying = conditions(deny);
  const always = allow.includes('always');
  if (!always && allowing.length === 0) {
    return { result: AuthorizeResult.DENY };
  }
  if (always && denying.length === 0) {
    return { result: AuthorizeResult.ALLOW };
  }
  if (!isResourcePermission(permission)) {
    // There is nothing to ask about; no condition is made for such a permission
    return { result: AuthorizeResult.DENY };
  }
  const asked = always ? denying : [...allowing, ...denying];
  return {
    result: AuthorizeResult.CONDITIONAL,
    // Rules of several plugins cannot be asked of one resource; the plugin that
    // is asked refuses those it does not have
    pluginId: asked[0].pluginId,
    resourceType: permission.resourceType,
    conditions: join('allOf', [
      ...(always
        ? []
        : [
            join(
              'anyOf',
              allowing.map(c => c.criteria),
            ),
          ]),
      ...denying.map(c => ({ not: c.criteria })),
    ]),
  };
}

/** Every condition once: several roles often ask the same. */
function conditions(
  values: (ResourceCondition | 'always' | undefined)[],
): ResourceCondition[] {
  const byText = new Map<string, ResourceCondition>();
  for (const value of values) {
    if (value && value !== 'always') {
      byText.set(JSON.stringify(value), value);
    }
  }
  return [...byText.values()];
}

function join(by: 'allOf' | 'anyOf', [first, ...others]: Criteria[]): Criteria {
  if (others.length === 0) {
    return first;
  }
  return by === 'allOf'
    ? { allOf: [first, ...others] }
    : { anyOf: [first, ...others] };
}
