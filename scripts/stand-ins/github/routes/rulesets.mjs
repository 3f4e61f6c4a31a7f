import { GithubError, notFound } from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { noContent, reply } from '../http/reply.mjs';
import { repositoryOf } from './locate.mjs';

const base = '/repos/:owner/:repo/rulesets';

function appliesTo({ enforcement, conditions }, repository, branch) {
  const { include = [], exclude = [] } = conditions?.ref_name ?? {};
  const matches = pattern =>
    pattern === '~ALL' ||
    (pattern === '~DEFAULT_BRANCH' && branch === repository.defaultBranch) ||
    pattern === `refs/heads/${branch}`;
  return (
    enforcement === 'active' && include.some(matches) && !exclude.some(matches)
  );
}

/** Rulesets of repositories: kept and shown, not enforced; no patterns with `*`. */
export function addRulesetRoutes(router) {
  router.get(base, async context => {
    const { rulesets } = repositoryOf(context, 'pull', 'metadata:read');
    return page(context, rulesets, ruleset => ruleset);
  });

  router.post(base, async context => {
    const repository = repositoryOf(context, 'admin', 'administration:write');
    const { name, enforcement, rules = [], conditions } = context.body;
    if (!name || !enforcement) {
      throw new GithubError(422, 'Invalid request.');
    }
    const ruleset = {
      id: (repository.rulesets.at(-1)?.id ?? 0) + 1,
      name,
      target: 'branch',
      source_type: 'Repository',
      source: repository.fullName,
      enforcement,
      conditions,
      rules,
    };
    repository.rulesets.push(ruleset);
    return reply(201, ruleset);
  });

  router.delete(`${base}/:id`, async context => {
    const repository = repositoryOf(context, 'admin', 'administration:write');
    const index = repository.rulesets.findIndex(
      ({ id }) => id === Number(context.params.id),
    );
    if (index < 0) {
      throw notFound();
    }
    repository.rulesets.splice(index, 1);
    return noContent();
  });

  // Also for branches that are not there yet
  router.get('/repos/:owner/:repo/rules/branches/*branch', async context => {
    const repository = repositoryOf(context, 'pull', 'metadata:read');
    const rules = repository.rulesets
      .filter(ruleset => appliesTo(ruleset, repository, context.params.branch))
      .flatMap(({ id, source, source_type: sourceType, rules: list }) =>
        list.map(rule => ({
          ...rule,
          ruleset_source_type: sourceType,
          ruleset_source: source,
          ruleset_id: id,
        })),
      );
    return page(context, rules, rule => rule);
  });
}
