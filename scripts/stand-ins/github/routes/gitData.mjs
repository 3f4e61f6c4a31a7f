import { changeRefs } from '../git/changeRefs.mjs';
import {
  GithubError,
  notFound,
  validationFailed,
} from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { noContent, reply } from '../http/reply.mjs';
import { gitCommitShape } from '../shapes/commit.mjs';
import { actorOf } from '../state/principal.mjs';
import { repositoryOf } from './locate.mjs';
import { assertMayChange } from './protectionRules.mjs';

const base = '/repos/:owner/:repo/git';

const apiOf = ({ state }, { fullName }) => `${state.apiUrl}/repos/${fullName}`;

const isSha = text => /^[0-9a-f]{40}$/.test(text ?? '');

async function refShape(context, repository, ref, sha) {
  const api = apiOf(context, repository);
  const type = await repository.git.type(sha);
  return {
    ref,
    node_id: `REF_${Buffer.from(ref).toString('base64url')}`,
    url: `${api}/git/${ref}`,
    object: { sha, type, url: `${api}/git/${type}s/${sha}` },
  };
}

async function assertObject(repository, sha, type) {
  if (!isSha(sha) || (await repository.git.type(sha)) !== type) {
    throw new GithubError(422, 'Object does not exist');
  }
}

function addRefs(router) {
  const matching = async context => {
    const repository = repositoryOf(context, 'pull', 'contents:read');
    const prefix = `refs/${context.params.ref ?? ''}`;
    const refs = [...(await repository.git.refs())].filter(([name]) =>
      name.startsWith(prefix),
    );
    return page(context, refs, ([name, sha]) =>
      refShape(context, repository, name, sha),
    );
  };
  router.get(`${base}/matching-refs/*ref`, matching);
  router.get(`${base}/refs`, matching);

  const single = async context => {
    const repository = repositoryOf(context, 'pull', 'contents:read');
    const refs = await repository.git.refs();
    if (refs.size === 0) {
      throw new GithubError(409, 'Git Repository is empty.');
    }
    const name = `refs/${context.params.ref}`;
    if (!refs.has(name)) {
      throw notFound();
    }
    return reply(
      200,
      await refShape(context, repository, name, refs.get(name)),
    );
  };
  router.get(`${base}/ref/*ref`, single);
  router.get(`${base}/refs/*ref`, single);

  router.post(`${base}/refs`, async context => {
    const { state, body, principal } = context;
    const repository = repositoryOf(context, 'push', 'contents:write');
    const { git } = repository;
    if (!/^refs\/[^/]+\/.+/.test(body.ref ?? '')) {
      throw new GithubError(422, `${body.ref} is not a valid ref name.`);
    }
    await assertObject(repository, body.sha, 'commit');
    await changeRefs(state, repository, actorOf(principal), async () => {
      if ((await git.refs()).has(body.ref)) {
        throw new GithubError(422, 'Reference already exists');
      }
      await git.updateRef(body.ref, body.sha);
    });
    const shape = await refShape(context, repository, body.ref, body.sha);
    return reply(201, shape, { location: shape.url });
  });

  router.patch(`${base}/refs/*ref`, async context => {
    const { state, body, params, principal } = context;
    const repository = repositoryOf(context, 'push', 'contents:write');
    const { git } = repository;
    const name = `refs/${params.ref}`;
    await assertObject(repository, body.sha, 'commit');
    await changeRefs(state, repository, actorOf(principal), async () => {
      const before = (await git.refs()).get(name);
      if (!before) {
        throw new GithubError(422, 'Reference does not exist');
      }
      const forward = await git.isAncestor(before, body.sha);
      if (!forward && !body.force) {
        throw new GithubError(422, 'Update is not a fast forward');
      }
      assertMayChange(repository, {
        branch: params.ref.replace(/^heads\//, ''),
        principal,
        force: !forward,
      });
      await git.updateRef(name, body.sha);
    });
    return reply(200, await refShape(context, repository, name, body.sha));
  });

  router.delete(`${base}/refs/*ref`, async context => {
    const { state, params, principal } = context;
    const repository = repositoryOf(context, 'push', 'contents:write');
    const { git } = repository;
    const name = `refs/${params.ref}`;
    await changeRefs(state, repository, actorOf(principal), async () => {
      if (!(await git.refs()).has(name)) {
        throw new GithubError(422, 'Reference does not exist');
      }
      assertMayChange(repository, {
        branch: params.ref.replace(/^heads\//, ''),
        principal,
        deletion: true,
      });
      await git.deleteRef(name);
    });
    return noContent();
  });
}

function addBlobs(router) {
  router.get(`${base}/blobs/:sha`, async context => {
    const repository = repositoryOf(context, 'pull', 'contents:read');
    const { sha } = context.params;
    if (!isSha(sha) || (await repository.git.type(sha)) !== 'blob') {
      throw notFound();
    }
    const content = await repository.git.blob(sha);
    return reply(200, {
      sha,
      node_id: `B_${sha.slice(0, 20)}`,
      size: content.length,
      url: `${apiOf(context, repository)}/git/blobs/${sha}`,
      content: content.toString('base64'),
      encoding: 'base64',
    });
  });

  router.post(`${base}/blobs`, async context => {
    const { body } = context;
    const repository = repositoryOf(context, 'push', 'contents:write');
    if (typeof body.content !== 'string') {
      throw validationFailed([
        { resource: 'Blob', field: 'content', code: 'missing_field' },
      ]);
    }
    const encoding = body.encoding === 'base64' ? 'base64' : 'utf8';
    const sha = await repository.git.writeBlob(
      Buffer.from(body.content, encoding),
    );
    const url = `${apiOf(context, repository)}/git/blobs/${sha}`;
    return reply(201, { sha, url }, { location: url });
  });
}

function addTrees(router) {
  const shape = async (context, repository, name, recursive) => {
    const { git } = repository;
    const api = apiOf(context, repository);
    const sha = await git.attempt([
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${name}^{tree}`,
    ]);
    if (!sha) {
      throw notFound();
    }
    const entries = await git.tree(sha, { recursive });
    return {
      sha,
      url: `${api}/git/trees/${sha}`,
      tree: entries.map(entry => ({
        path: entry.path,
        mode: entry.mode,
        type: entry.type,
        sha: entry.sha,
        ...(entry.size !== undefined && { size: entry.size }),
        url: `${api}/git/${entry.type}s/${entry.sha}`,
      })),
      truncated: false,
    };
  };

  router.get(`${base}/trees/*sha`, async context => {
    const repository = repositoryOf(context, 'pull', 'contents:read');
    const recursive = context.query.has('recursive');
    return reply(
      200,
      await shape(context, repository, context.params.sha, recursive),
    );
  });

  router.post(`${base}/trees`, async context => {
    const { body } = context;
    const repository = repositoryOf(context, 'push', 'contents:write');
    const { git } = repository;
    if (!Array.isArray(body.tree)) {
      throw new GithubError(422, 'Invalid tree info');
    }
    if (body.base_tree && !(await git.type(body.base_tree))) {
      throw new GithubError(404, 'Not Found');
    }
    const changes = [];
    for (const entry of body.tree) {
      const { path, mode = '100644', content } = entry;
      if (!path || (content === undefined && entry.sha === undefined)) {
        throw new GithubError(
          422,
          'Must supply either tree.sha or tree.content',
        );
      }
      const sha =
        content === undefined ? entry.sha : await git.writeBlob(content);
      changes.push({ path, mode, sha });
    }
    const sha = await git.writeTree(
      body.base_tree && `${body.base_tree}^{tree}`,
      changes,
    );
    return reply(201, await shape(context, repository, sha, false));
  });
}

function addCommits(router) {
  router.get(`${base}/commits/:sha`, async context => {
    const repository = repositoryOf(context, 'pull', 'contents:read');
    const sha = await repository.git.resolve(context.params.sha);
    if (!sha) {
      throw notFound();
    }
    const commit = await repository.git.commit(sha);
    return reply(200, gitCommitShape(context.state, repository, commit));
  });

  router.post(`${base}/commits`, async context => {
    const { state, body, principal } = context;
    const repository = repositoryOf(context, 'push', 'contents:write');
    const { git } = repository;
    await assertObject(repository, body.tree, 'tree');
    for (const parent of body.parents ?? []) {
      await assertObject(repository, parent, 'commit');
    }
    const actor = actorOf(principal);
    const author = {
      name: actor.name ?? actor.login,
      email: actor.email,
      ...body.author,
    };
    const sha = await git.writeCommit({
      tree: body.tree,
      parents: body.parents,
      message: body.message ?? '',
      author,
      committer: { ...author, ...body.committer },
    });
    const shape = gitCommitShape(state, repository, await git.commit(sha));
    return reply(201, shape, { location: shape.url });
  });
}

/** The Git database: refs, blobs, trees and commits. */
export function addGitDataRoutes(router) {
  addRefs(router);
  addBlobs(router);
  addTrees(router);
  addCommits(router);
}
