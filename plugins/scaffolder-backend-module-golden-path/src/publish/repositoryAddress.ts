import { InputError } from '@backstage/errors';
import { nameProblem, readRef } from '../checks/fields';
import { RepositoryAddress } from '../hosts/RepositoryAddress';

/**
 * Where the repository of a service goes: into the configured organization, or
 * the one with the name of the group that owns it.
 *
 * @throws InputError naming the field
 * @internal
 */
export function repositoryAddress(options: {
  host: string;
  organization?: string;
  owner: string;
  name: string;
}): RepositoryAddress {
  const problem = nameProblem(options.name);
  if (problem) {
    throw new InputError(`name: ${problem}`);
  }
  const owner = readRef(options.owner, 'group');
  if (!owner) {
    throw new InputError(
      `owner: '${options.owner}' is not a reference to a group`,
    );
  }
  return {
    host: options.host,
    organization: options.organization ?? owner.name,
    name: options.name,
  };
}
