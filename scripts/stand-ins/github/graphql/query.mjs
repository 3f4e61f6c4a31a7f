import { levelOf } from '../state/access.mjs';
import { accountNode, organizationNode, userNode } from './accounts.mjs';
import { typedError, unresolved } from './errors.mjs';
import { repositoryNode } from './repositories.mjs';

const LIMIT = 5000;

const viewer = (args, context) => {
  const { principal } = context;
  if (principal.kind === 'installation') {
    return userNode(context, principal.installation.app.bot);
  }
  return userNode(context, principal.user);
};

const rateLimit = () => ({
  cost: 1,
  limit: LIMIT,
  nodeCount: 1,
  remaining: LIMIT - 1,
  used: 1,
  resetAt: new Date(Date.now() + 3_600_000).toISOString(),
});

const withLogin = login => `the login of '${login}'`;

function repository({ owner, name }, context) {
  const found = context.state.repository(owner, name);
  if (!found || levelOf(found, context.principal) === 'none') {
    throw unresolved('a Repository', `the name '${owner}/${name}'`);
  }
  return repositoryNode(context, found);
}

function node({ id }, context) {
  const { state, principal } = context;
  for (const account of [
    ...state.users.values(),
    ...state.organizations.values(),
  ]) {
    if (account.nodeId === id) {
      return accountNode(context, account);
    }
  }
  for (const found of state.repositories.values()) {
    if (found.nodeId === id && levelOf(found, principal) !== 'none') {
      return repositoryNode(context, found);
    }
  }
  throw typedError(
    'NOT_FOUND',
    `Could not resolve to a node with the global id of '${id}'`,
  );
}

/** The fields of `Query`. */
export const query = {
  viewer,
  rateLimit,
  repository,
  node,
  user: ({ login }, context) => {
    const user = context.state.users.get(login);
    if (!user) {
      throw unresolved('a User', withLogin(login));
    }
    return userNode(context, user);
  },
  organization: ({ login }, context) => {
    const organization = context.state.organizations.get(login);
    if (!organization) {
      throw unresolved('an Organization', withLogin(login));
    }
    return organizationNode(context, organization);
  },
  repositoryOwner: ({ login }, context) => {
    const account = context.state.account(login);
    return account ? accountNode(context, account) : null;
  },
};
