import { redirect, reply } from '../http/reply.mjs';
import { secretToken } from '../state/ids.mjs';
import { notFound } from '../http/GithubError.mjs';
import { commitOf, repositoryOf } from './locate.mjs';

const LIFETIME_MS = 5 * 60 * 1000;

const FORMATS = {
  tarball: { name: 'legacy.tar.gz', git: 'tar.gz', type: 'application/x-gzip' },
  zipball: { name: 'legacy.zip', git: 'zip', type: 'application/zip' },
};

/** Archives: the API redirects to an address that needs no credentials. */
export function addArchiveRoutes(router, pages) {
  for (const [kind, format] of Object.entries(FORMATS)) {
    const answer = async context => {
      const { state, params } = context;
      const repository = repositoryOf(context, 'pull', 'contents:read');
      const { git, defaultBranch } = repository;
      if ((await git.branches()).size === 0) {
        throw notFound();
      }
      const sha = await commitOf(repository, params.ref ?? defaultBranch);
      const ticket = secretToken('archive');
      state.archives.set(ticket, {
        repository,
        sha,
        format,
        expiresAt: Date.now() + LIFETIME_MS,
      });
      return redirect(
        `${state.url}/_codeload/${repository.fullName}/${format.name}/${sha}?token=${ticket}`,
      );
    };
    router.get(`/repos/:owner/:repo/${kind}`, answer);
    router.get(`/repos/:owner/:repo/${kind}/*ref`, answer);
  }

  pages.get('/_codeload/:owner/:repo/:format/:sha', async context => {
    const { state, query } = context;
    const ticket = state.archives.get(query.get('token'));
    if (!ticket || ticket.expiresAt < Date.now()) {
      throw notFound();
    }
    const { repository, sha, format } = ticket;
    const name = `${repository.owner.login}-${repository.name}-${sha.slice(
      0,
      7,
    )}`;
    const bytes = await repository.git.bytes([
      'archive',
      `--format=${format.git}`,
      `--prefix=${name}/`,
      sha,
    ]);
    return reply(200, bytes, {
      'content-type': format.type,
      'content-disposition': `attachment; filename=${name}`,
    });
  });
}
