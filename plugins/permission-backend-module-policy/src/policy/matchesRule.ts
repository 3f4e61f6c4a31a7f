import { Permission } from '@backstage/plugin-permission-common';
import { PolicyRule } from './PolicyDefinition';

/** Whether a permission is one of those a rule is about. */
export function matchesRule(rule: PolicyRule, permission: Permission): boolean {
  return (
    matchesAction(rule.action, permission.attributes.action) &&
    rule.permissions.some(pattern => matchesName(pattern, permission.name))
  );
}

/** Whether a rule speaks of this permission itself, not merely of all there are. */
export function namesPermission(rule: PolicyRule, name: string): boolean {
  return rule.permissions.some(
    pattern => pattern !== '*' && matchesName(pattern, name),
  );
}

function matchesName(pattern: string, name: string): boolean {
  if (pattern === '*') {
    return true;
  }
  return pattern.endsWith('.*')
    ? name.startsWith(pattern.slice(0, -1))
    : pattern === name;
}

function matchesAction(
  wanted: PolicyRule['action'],
  action: string | undefined,
): boolean {
  switch (wanted) {
    case undefined:
      return true;
    case 'change':
      // Many permissions declare no action; what does not say it reads, changes
      return action !== 'read';
    default:
      return action === wanted;
  }
}
