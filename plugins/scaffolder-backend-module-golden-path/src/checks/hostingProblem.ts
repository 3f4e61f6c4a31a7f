import { InputError } from '@backstage/errors';
import { OwningGroup, RepositoryHost } from '../hosts/RepositoryHost';

/**
 * Why a host has no place for what a group owns, if it has none.
 *
 * @internal
 */
export async function hostingProblem(options: {
  host: RepositoryHost;
  group: OwningGroup;
  organization: string;
  signal?: AbortSignal;
}): Promise<string | undefined> {
  const { host, group, organization, signal } = options;
  try {
    if (!(await host.organizationExists({ organization, signal }))) {
      return `there is no organization '${organization}' on ${
        host.host
      } for the repository${host.absenceNote ?? ''}`;
    }
    const team = host.teamName({ group, organization });
    const isThere =
      !host.teamExists ||
      (await host.teamExists({ organization, team, signal }));
    return isThere
      ? undefined
      : `there is no team '${team}' in the organization ${organization} on ${host.host} for the group ${group.name}; create it, or name another in the group's annotation github.com/team-slug`;
  } catch (error) {
    // Something about the group or the organization, for people to put right
    if (error instanceof InputError) {
      return error.message;
    }
    throw error;
  }
}
