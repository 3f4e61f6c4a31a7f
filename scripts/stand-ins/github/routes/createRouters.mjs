import { addControlRoutes } from '../control/controlRoutes.mjs';
import { createGraphql } from '../graphql/createGraphql.mjs';
import { Router } from '../http/Router.mjs';
import { addActionsRoutes } from './actions.mjs';
import { addAppRoutes } from './apps.mjs';
import { addArchiveRoutes } from './archives.mjs';
import { addBranchRoutes } from './branches.mjs';
import { addCheckRoutes } from './checks.mjs';
import { addCollaboratorRoutes } from './collaborators.mjs';
import { addCommitRoutes } from './commits.mjs';
import { addContentRoutes } from './contents.mjs';
import { addDeploymentRoutes } from './deployments.mjs';
import { addGitDataRoutes } from './gitData.mjs';
import { addGitTransport } from './gitTransport.mjs';
import { addHookRoutes } from './hooks.mjs';
import { addMetaRoutes } from './meta.mjs';
import { addOAuthRoutes } from './oauth.mjs';
import { addOidcRoutes } from './oidc.mjs';
import { addOrganizationRoutes } from './organizations.mjs';
import { addPageRoutes } from './pages.mjs';
import { addReviewRoutes } from './pullReviews.mjs';
import { addPullRoutes } from './pulls.mjs';
import { addRepositoryRoutes } from './repositories.mjs';
import { addRulesetRoutes } from './rulesets.mjs';
import { addSearchRoutes } from './search.mjs';
import { addTeamRepositoryRoutes } from './teamRepositories.mjs';
import { addTeamRoutes } from './teams.mjs';
import { addUserRoutes } from './users.mjs';

/**
 * `api`: below `/api/v3`. `pages`: what a browser or Git asks for. `control`:
 * what tests ask of the stand-in itself. `graphql`: the
 * handler of `/api/graphql`.
 */
export function createRouters() {
  const api = new Router();
  const pages = new Router();
  const control = new Router();
  addMetaRoutes(api);
  addUserRoutes(api);
  addOrganizationRoutes(api);
  addTeamRoutes(api);
  addTeamRepositoryRoutes(api);
  addCollaboratorRoutes(api);
  addAppRoutes(api);
  addHookRoutes(api);
  addReviewRoutes(api);
  addPullRoutes(api);
  addGitDataRoutes(api);
  addCheckRoutes(api);
  addDeploymentRoutes(api);
  addCommitRoutes(api);
  addBranchRoutes(api);
  addRulesetRoutes(api);
  addContentRoutes(api);
  addArchiveRoutes(api, pages);
  addActionsRoutes(api);
  addSearchRoutes(api);
  addRepositoryRoutes(api);
  addOAuthRoutes(pages);
  addOidcRoutes(pages);
  addGitTransport(pages);
  addPageRoutes(pages);
  addControlRoutes(control);
  return { api, pages, control, graphql: createGraphql() };
}
