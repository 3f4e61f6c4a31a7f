import { emit } from '../hooks/events.mjs';
import {
  GithubError,
  notFound,
  validationFailed,
} from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { noContent, reply } from '../http/reply.mjs';
import { commitShape } from '../shapes/commit.mjs';
import { protectionShape } from '../shapes/protection.mjs';
import { actorOf } from '../state/principal.mjs';
import { repositoryOf } from './locate.mjs';

const base = '/repos/:owner/:repo/branches';

const notProtected = () => new GithubError(404, 'Branch not protected');

async function branchOf(repository, name) {
  const sha = (await repository.git.branches()).get(name);
  if (!sha) {
    throw new GithubError(404, 'Branch not found');
  }
  return sha;
}

function branchFields(context, repository, name) {
  const api = `${context.state.apiUrl}/repos/${repository.fullName}/branches/${name}`;
  const checks = repository.protections.get(name)?.required_status_checks;
  const isProtected = repository.protections.has(name);
  return {
    protected: isProtected,
    protection: {
      enabled: isProtected,
      required_status_checks: {
        enforcement_level: checks ? 'non_admins' : 'off',
        contexts: checks?.contexts ?? [],
        checks: checks?.checks ?? [],
      },
    },
    protection_url: `${api}/protection`,
  };
}

/** GitHub demands these, even when they are null. */
const REQUIRED = [
  'required_status_checks',
  'enforce_admins',
  'required_pull_request_reviews',
  'restrictions',
];

function normalizeChecks(checks) {
  if (!checks) {
    return null;
  }
  const listed =
    checks.checks ?? (checks.contexts ?? []).map(context => ({ context }));
  return {
    strict: checks.strict ?? false,
    contexts: listed.map(({ context }) => context),
    checks: listed.map(({ context, app_id: app }) => ({
      context,
      app_id: app ?? null,
    })),
  };
}

function assertTeams(repository, list) {
  for (const slug of list?.teams ?? []) {
    if (!repository.owner.teams?.has(slug)) {
      throw new GithubError(422, 'Validation Failed', {
        errors: [`Team ${slug} does not exist in the organization`],
      });
    }
  }
}

function normalize(repository, body) {
  const missing = REQUIRED.filter(name => body[name] === undefined);
  if (missing.length > 0) {
    throw new GithubError(
      422,
      `Invalid request.\n\n"${missing[0]}" wasn't supplied.`,
    );
  }
  const reviews = body.required_pull_request_reviews;
  const count = reviews?.required_approving_review_count ?? 1;
  if (reviews && !(Number.isInteger(count) && count >= 0 && count <= 6)) {
    throw validationFailed([
      {
        resource: 'ProtectedBranch',
        field: 'required_approving_review_count',
        code: 'invalid',
      },
    ]);
  }
  assertTeams(repository, body.restrictions);
  assertTeams(repository, reviews?.dismissal_restrictions);
  assertTeams(repository, reviews?.bypass_pull_request_allowances);
  return {
    ...body,
    enforce_admins: Boolean(body.enforce_admins),
    required_status_checks: normalizeChecks(body.required_status_checks),
    required_pull_request_reviews: reviews && {
      ...reviews,
      required_approving_review_count: count,
    },
  };
}

function addProtection(router) {
  const address = `${base}/*branch/protection`;

  const found = async (context, wanted = 'admin', action = 'read') => {
    const repository = repositoryOf(
      context,
      wanted,
      `administration:${action}`,
    );
    const { branch } = context.params;
    await branchOf(repository, branch);
    const protection = repository.protections.get(branch);
    if (!protection) {
      throw notProtected();
    }
    return { repository, branch, protection };
  };

  const shape = (context, { repository, branch }) =>
    protectionShape(context.state, repository, branch);

  const announce = (context, repository, branch, action) =>
    emit(context.state, {
      event: 'branch_protection_rule',
      action,
      repository,
      actor: actorOf(context.principal),
      payload: { rule: { name: branch } },
    });

  router.get(address, async context =>
    reply(200, shape(context, await found(context))),
  );

  router.put(address, async context => {
    const repository = repositoryOf(context, 'admin', 'administration:write');
    const { branch } = context.params;
    await branchOf(repository, branch);
    const known = repository.protections.get(branch);
    repository.protections.set(branch, {
      ...normalize(repository, context.body),
      required_signatures: known?.required_signatures ?? false,
    });
    announce(context, repository, branch, known ? 'edited' : 'created');
    return reply(200, shape(context, { repository, branch }));
  });

  router.delete(address, async context => {
    const { repository, branch } = await found(context, 'admin', 'write');
    repository.protections.delete(branch);
    announce(context, repository, branch, 'deleted');
    return noContent();
  });

  const parts = {
    required_status_checks: normalizeChecks,
    required_pull_request_reviews: value => value,
    restrictions: value => value,
  };
  for (const [name, normalizePart] of Object.entries(parts)) {
    router.get(`${address}/${name}`, async context => {
      const place = await found(context);
      if (!place.protection[name]) {
        throw notFound();
      }
      return reply(200, shape(context, place)[name]);
    });
    router.patch(`${address}/${name}`, async context => {
      const place = await found(context, 'admin', 'write');
      place.protection[name] = normalizePart({
        ...place.protection[name],
        ...context.body,
      });
      return reply(200, shape(context, place)[name]);
    });
    router.delete(`${address}/${name}`, async context => {
      const place = await found(context, 'admin', 'write');
      place.protection[name] = null;
      return noContent();
    });
  }

  for (const name of ['enforce_admins', 'required_signatures']) {
    router.get(`${address}/${name}`, async context =>
      reply(200, shape(context, await found(context))[name]),
    );
    router.post(`${address}/${name}`, async context => {
      const place = await found(context, 'admin', 'write');
      place.protection[name] = true;
      return reply(200, shape(context, place)[name]);
    });
    router.delete(`${address}/${name}`, async context => {
      const place = await found(context, 'admin', 'write');
      place.protection[name] = false;
      return noContent();
    });
  }
}

/** Branches and their protection. */
export function addBranchRoutes(router) {
  addProtection(router);

  router.get(base, async context => {
    const { state, query } = context;
    const repository = repositoryOf(context, 'pull', 'contents:read');
    const api = `${state.apiUrl}/repos/${repository.fullName}`;
    const wanted = query.get('protected');
    const branches = [...(await repository.git.branches())].filter(
      ([name]) =>
        wanted === null || String(repository.protections.has(name)) === wanted,
    );
    return page(context, branches, ([name, sha]) => ({
      name,
      commit: { sha, url: `${api}/commits/${sha}` },
      ...branchFields(context, repository, name),
    }));
  });

  router.get(`${base}/*branch`, async context => {
    const { state, params } = context;
    const repository = repositoryOf(context, 'pull', 'contents:read');
    const sha = await branchOf(repository, params.branch);
    const api = `${state.apiUrl}/repos/${repository.fullName}/branches/${params.branch}`;
    return reply(200, {
      name: params.branch,
      commit: commitShape(state, repository, await repository.git.commit(sha)),
      _links: {
        self: api,
        html: `${state.url}/${repository.fullName}/tree/${params.branch}`,
      },
      ...branchFields(context, repository, params.branch),
    });
  });
}
