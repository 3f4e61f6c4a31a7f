import { readFile } from 'node:fs/promises';
import {
  resolvePackagePath,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod';
import { PolicyDefinition, policySchema } from './PolicyDefinition';

const CONFIG_KEY = 'permission.policy';

/** The policy that comes with this package. */
export async function readDefaultPolicy(): Promise<PolicyDefinition> {
  const path = resolvePackagePath(
    '@waymark/plugin-permission-backend-module-policy',
    'default-policy.yaml',
  );
  return parsePolicy(parse(await readFile(path, 'utf8')), path);
}

/**
 * The default policy, in which each role, each list of members and each way to ask
 * for the owner that the configuration has takes the place of the one of the same
 * name.
 *
 * @throws InputError naming the key of the configuration that is wrong
 */
export async function readPolicy(options: {
  config: RootConfigService;
}): Promise<PolicyDefinition> {
  const defaults = await readDefaultPolicy();
  const changes = parsePolicy(
    options.config.getOptional(CONFIG_KEY) ?? {},
    CONFIG_KEY,
  );
  const policy = {
    members: { ...defaults.members, ...changes.members },
    roles: { ...defaults.roles, ...changes.roles },
    owners: { ...defaults.owners, ...changes.owners },
  };

  const known = Object.keys(policy.roles);
  for (const name of Object.keys(policy.members)) {
    if (!known.includes(name)) {
      throw new InputError(
        `${CONFIG_KEY}.members.${name}: there is no role "${name}"; the roles are ${known.join(
          ', ',
        )}`,
      );
    }
  }
  for (const name of known) {
    if (!policy.members[name]) {
      throw new InputError(
        `${CONFIG_KEY}.roles.${name}: nobody holds this role; list who does in ${CONFIG_KEY}.members.${name}`,
      );
    }
  }
  return policy;
}

function parsePolicy(value: unknown, where: string): PolicyDefinition {
  const parsed = policySchema.safeParse(value);
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues.map(issue => describe(issue, where)).join('; '),
    );
  }
  return parsed.data;
}

function describe(issue: z.core.$ZodIssue, where: string): string {
  const path = issue.path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  // Of a wrong key, zod tells only that it is wrong
  const message =
    issue.code === 'invalid_key'
      ? issue.issues.map(inner => inner.message).join(', ')
      : issue.message;
  return `${where}${path}: ${message}`;
}
