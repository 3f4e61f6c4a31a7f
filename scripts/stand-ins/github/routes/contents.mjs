import path from 'node:path';
import { changeRefs } from '../git/changeRefs.mjs';
import {
  GithubError,
  notFound,
  validationFailed,
} from '../http/GithubError.mjs';
import { reply } from '../http/reply.mjs';
import { gitCommitShape } from '../shapes/commit.mjs';
import { actorOf } from '../state/principal.mjs';
import { repositoryOf } from './locate.mjs';
import { assertMayChange } from './protectionRules.mjs';

/** Larger files come without their content, as GitHub documents it. */
const MAX_INLINE_BYTES = 1024 * 1024;

const TYPES = { blob: 'file', tree: 'dir', commit: 'submodule' };

const encodePath = file => file.split('/').map(encodeURIComponent).join('/');

const wrapped = bytes => bytes.toString('base64').replace(/(.{60})/g, '$1\n');

function entryShape(context, repository, { entry, file, ref }) {
  const { state } = context;
  const api = `${state.apiUrl}/repos/${repository.fullName}`;
  const html = `${state.url}/${repository.fullName}`;
  const type = entry.mode === '120000' ? 'symlink' : TYPES[entry.type];
  const kind = entry.type === 'tree' ? 'tree' : 'blob';
  const self = `${api}/contents/${encodePath(file)}?ref=${ref}`;
  const git = `${api}/git/${kind}s/${entry.sha}`;
  const page = `${html}/${kind}/${ref}/${encodePath(file)}`;
  return {
    name: path.posix.basename(file),
    path: file,
    sha: entry.sha,
    size: entry.size ?? 0,
    url: self,
    html_url: page,
    git_url: git,
    download_url:
      kind === 'blob' ? `${html}/raw/${ref}/${encodePath(file)}` : null,
    type,
    _links: { self, git, html: page },
  };
}

async function lastModified(repository, commit, file) {
  const [last] = await repository.git.log(commit, { path: file, max: 1 });
  return last ? new Date(last.committer.date).toUTCString() : undefined;
}

async function read(context, file) {
  const repository = repositoryOf(context, 'pull', 'contents:read');
  const { git, defaultBranch } = repository;
  const ref = context.query.get('ref') || defaultBranch;
  const commit = await git.resolve(ref.replace(/^refs\/(heads|tags)\//, ''));
  if (!commit) {
    const empty = (await git.branches()).size === 0;
    throw new GithubError(
      404,
      empty
        ? 'This repository is empty.'
        : `No commit found for the ref ${ref}`,
    );
  }
  const entry = await git.entry(commit, file);
  if (!entry) {
    throw notFound();
  }
  if (entry.type === 'tree') {
    const entries = await git.tree(entry.sha);
    return reply(
      200,
      entries.map(child =>
        entryShape(context, repository, {
          entry: child,
          file: file === '' ? child.path : `${file}/${child.path}`,
          ref,
        }),
      ),
    );
  }
  const headers = {
    'last-modified': await lastModified(repository, commit, file),
  };
  const content = entry.type === 'blob' ? await git.blob(entry.sha) : undefined;
  if (/\braw\b/.test(context.req.headers.accept ?? '') && content) {
    return reply(200, content, {
      ...headers,
      'content-type': 'application/vnd.github.raw+json; charset=utf-8',
    });
  }
  const inline = content && content.length <= MAX_INLINE_BYTES;
  return reply(
    200,
    {
      ...entryShape(context, repository, { entry, file, ref }),
      content: inline ? wrapped(content) : '',
      encoding: inline ? 'base64' : 'none',
    },
    headers,
  );
}

function shaMismatch(file, current, given) {
  return given
    ? new GithubError(409, `${file} does not match ${given}`)
    : new GithubError(422, `Invalid request.\n\n"sha" wasn't supplied.`);
}

/** Creates, changes or (without content) deletes one file with one commit. */
async function write(context, file, removal) {
  const { state, body, principal } = context;
  const repository = repositoryOf(context, 'push', 'contents:write');
  const { git } = repository;
  if (!body.message || (!removal && typeof body.content !== 'string')) {
    throw validationFailed([
      {
        resource: 'Contents',
        field: body.message ? 'content' : 'message',
        code: 'missing_field',
      },
    ]);
  }
  const actor = actorOf(principal);
  const person = { name: actor.name ?? actor.login, email: actor.email };
  const branch = body.branch ?? repository.defaultBranch;
  const ref = `refs/heads/${branch}`;
  const result = await changeRefs(state, repository, actor, async () => {
    const branches = await git.branches();
    const before = branches.get(branch);
    if (!before && branches.size > 0) {
      throw new GithubError(404, `Branch ${branch} not found`);
    }
    assertMayChange(repository, { branch, principal });
    const known = before && (await git.entry(before, file));
    if (removal && !known) {
      throw notFound();
    }
    if (known && known.sha !== body.sha) {
      throw shaMismatch(file, known.sha, body.sha);
    }
    const sha = removal
      ? null
      : await git.writeBlob(Buffer.from(body.content, 'base64'));
    const tree = await git.writeTree(before && `${before}^{tree}`, [
      { path: file, sha, mode: known?.mode },
    ]);
    const commit = await git.writeCommit({
      tree,
      parents: before ? [before] : [],
      message: body.message,
      author: { ...person, ...(body.author ?? body.committer) },
      committer: { ...person, ...body.committer },
    });
    await git.updateRef(ref, commit);
    return { commit, created: !known };
  });
  const entry = await git.entry(result.commit, file);
  return reply(result.created ? 201 : 200, {
    content: entry
      ? entryShape(context, repository, { entry, file, ref: branch })
      : null,
    commit: gitCommitShape(state, repository, await git.commit(result.commit)),
  });
}

/** Files of a repository, read from and written to Git. */
export function addContentRoutes(router) {
  const base = '/repos/:owner/:repo';
  router.get(`${base}/contents`, context => read(context, ''));
  router.get(`${base}/contents/*path`, context =>
    read(context, context.params.path.replace(/^\/+|\/+$/g, '')),
  );
  router.put(`${base}/contents/*path`, context =>
    write(context, context.params.path, false),
  );
  router.delete(`${base}/contents/*path`, context =>
    write(context, context.params.path, true),
  );
  router.get(`${base}/readme`, async context => {
    const repository = repositoryOf(context, 'pull', 'contents:read');
    const ref = context.query.get('ref') || repository.defaultBranch;
    const commit = await repository.git.resolve(ref);
    const entries = commit ? await repository.git.tree(commit) : [];
    const readme = entries.find(({ path: name }) =>
      /^readme(\.\w+)?$/i.test(name),
    );
    if (!readme) {
      throw notFound();
    }
    return read(context, readme.path);
  });
}
