import { notFound } from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { reply } from '../http/reply.mjs';
import {
  fullAccount,
  fullTeam,
  simpleAccount,
  simpleOrganization,
} from '../shapes/accounts.mjs';
import { repositoryShape } from '../shapes/repository.mjs';
import { levelOf, userLevel } from '../state/access.mjs';
import { requireUser } from './locate.mjs';

const organizationsOf = (state, user) =>
  [...state.organizations.values()].filter(({ members }) =>
    members.has(user.login),
  );

function accountOf({ state, params }) {
  const account = state.account(params.login);
  if (!account) {
    throw notFound();
  }
  return account;
}

/** Users, and what belongs to the one who asks. */
export function addUserRoutes(router) {
  router.get('/user', context => {
    const user = requireUser(context);
    return reply(200, {
      ...fullAccount(context.state, user),
      two_factor_authentication: true,
      total_private_repos: 0,
      owned_private_repos: 0,
    });
  });

  router.get('/user/emails', context => {
    const { email } = requireUser(context);
    const list = email
      ? [{ email, primary: true, verified: true, visibility: 'private' }]
      : [];
    return page(context, list);
  });

  router.get('/user/orgs', context => {
    const user = requireUser(context);
    return page(context, organizationsOf(context.state, user), organization =>
      simpleOrganization(context.state, organization),
    );
  });

  router.get('/user/teams', context => {
    const user = requireUser(context);
    const teams = organizationsOf(context.state, user).flatMap(
      ({ teams: all }) =>
        [...all.values()].filter(({ members }) => members.has(user.login)),
    );
    return page(context, teams, team => fullTeam(context.state, team));
  });

  router.get('/user/repos', context => {
    const { state } = context;
    const user = requireUser(context);
    const repositories = [...state.repositories.values()].filter(
      repository =>
        repository.owner === user ||
        repository.collaborators.has(user.login) ||
        (repository.owner.kind === 'Organization' &&
          repository.owner.members.has(user.login) &&
          userLevel(repository, user) !== 'none'),
    );
    return page(context, repositories, repository =>
      repositoryShape(state, repository, {
        level: levelOf(repository, context.principal),
      }),
    );
  });

  router.get('/users', context =>
    page(context, [...context.state.users.values()], user =>
      simpleAccount(context.state, user),
    ),
  );

  router.get('/users/:login', context =>
    reply(200, fullAccount(context.state, accountOf(context))),
  );

  router.get('/users/:login/orgs', context =>
    page(
      context,
      organizationsOf(context.state, accountOf(context)),
      organization => simpleOrganization(context.state, organization),
    ),
  );

  router.get('/users/:login/repos', context => {
    const { state, principal } = context;
    const visible = state
      .repositoriesOf(accountOf(context))
      .filter(repository => levelOf(repository, principal) !== 'none');
    return page(context, visible, repository =>
      repositoryShape(state, repository),
    );
  });
}
