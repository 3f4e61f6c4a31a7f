import { notFound, validationFailed } from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { noContent, reply } from '../http/reply.mjs';
import { teamShape } from '../shapes/accounts.mjs';
import { repositoryShape } from '../shapes/repository.mjs';
import {
  isPermission,
  normalizePermission,
  permissionsShape,
} from '../state/access.mjs';
import { announceTeam } from './announceTeam.mjs';
import { repositoryOf, teamOf } from './locate.mjs';

/** What teams may do with repositories. */
export function addTeamRepositoryRoutes(router) {
  const shape = (context, team, repository) =>
    repositoryShape(context.state, repository, {
      level: team.repositories.get(repository.fullName),
    });

  router.get('/orgs/:org/teams/:team/repos', context => {
    const { state } = context;
    const team = teamOf(context, 'member', 'members:read');
    const names = [...team.repositories.keys()];
    return page(context, names, name =>
      shape(context, team, state.repositories.get(name)),
    );
  });

  const address = '/orgs/:org/teams/:team/repos/:owner/:repo';

  router.get(address, context => {
    const team = teamOf(context, 'member', 'members:read');
    const repository = repositoryOf(context);
    if (!team.repositories.has(repository.fullName)) {
      throw notFound();
    }
    const { accept = '' } = context.req.headers;
    return accept.includes('repository+json')
      ? reply(200, shape(context, team, repository))
      : noContent();
  });

  router.put(address, context => {
    const { body } = context;
    const team = teamOf(context, 'member', 'members:read');
    const repository = repositoryOf(context, 'admin', 'administration:write');
    const permission = normalizePermission(body.permission ?? 'push');
    if (!isPermission(permission)) {
      throw validationFailed([
        { resource: 'TeamMember', field: 'permission', code: 'invalid' },
      ]);
    }
    if (repository.owner !== team.organization) {
      throw notFound();
    }
    const added = !team.repositories.has(repository.fullName);
    team.repositories.set(repository.fullName, permission);
    if (added) {
      announceTeam(context, team, {
        event: 'team',
        action: 'added_to_repository',
        repository,
      });
    }
    return noContent();
  });

  router.delete(address, context => {
    const team = teamOf(context, 'member', 'members:read');
    const repository = repositoryOf(context, 'admin', 'administration:write');
    if (team.repositories.delete(repository.fullName)) {
      announceTeam(context, team, {
        event: 'team',
        action: 'removed_from_repository',
        repository,
      });
    }
    return noContent();
  });

  router.get('/repos/:owner/:repo/teams', context => {
    const { state } = context;
    const repository = repositoryOf(context, 'pull', 'administration:read');
    return page(context, state.teamsWith(repository), team => {
      const level = team.repositories.get(repository.fullName);
      return {
        ...teamShape(state, team),
        permission: level,
        permissions: permissionsShape(level),
      };
    });
  });
}
