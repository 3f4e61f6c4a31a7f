import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';

/** What stands for people without naming them. */
export const SIGNED_IN = 'signed-in';
export const IN_A_GROUP = 'in-a-group';

const roleName = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'the name of a role is made of lower-case letters, digits and single hyphens',
  )
  .max(50);

const member = z.string().transform((value, context) => {
  if (value === SIGNED_IN || value === IN_A_GROUP) {
    return value;
  }
  try {
    const ref = stringifyEntityRef(parseEntityRef(value));
    if (/^(group|user):/.test(ref)) {
      return ref;
    }
  } catch {
    // Said below, for both
  }
  context.addIssue({
    code: 'custom',
    message: `"${value}" is neither a reference to a group or a user, like group:default/platform, nor one of ${SIGNED_IN}, ${IN_A_GROUP}`,
  });
  return z.NEVER;
});

const pattern = z
  .string()
  .regex(
    /^(\*|[\w:-]+(\.[\w:-]+)*(\.\*)?)$/,
    'expected the name of a permission, or the beginning of names followed by ".*"',
  );

const rule = z.strictObject({
  permissions: z.array(pattern).min(1),
  action: z.enum(['read', 'create', 'update', 'delete', 'change']).optional(),
  when: z.enum(['owner', 'audience']).optional(),
});

const role = z.strictObject({
  description: z.string().optional(),
  allow: z.array(rule).optional().default([]),
  deny: z.array(rule).optional().default([]),
});

const owner = z.strictObject({
  pluginId: z.string().min(1),
  rule: z.string().min(1),
  parameter: z.string().min(1),
  holds: z.enum(['user', 'user-and-groups']),
});

/** The shape of `default-policy.yaml` and of `permission.policy`. */
export const policySchema = z.strictObject({
  members: z.record(roleName, z.array(member)).optional().default({}),
  roles: z.record(roleName, role).optional().default({}),
  owners: z.record(z.string(), owner).optional().default({}),
});

/** Who holds which role, and what each role may do. */
export type PolicyDefinition = z.infer<typeof policySchema>;

/** Some permissions, and when they are meant. */
export type PolicyRule = z.infer<typeof rule>;

/** How to ask whether somebody owns a resource of some type. */
export type OwnerRule = z.infer<typeof owner>;
