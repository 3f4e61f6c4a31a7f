import { notFound } from '../http/GithubError.mjs';
import { html, redirect, reply } from '../http/reply.mjs';
import { escapeHtml, layout } from '../pages/layout.mjs';
import { levelOf } from '../state/access.mjs';
import { identify } from './gitTransport.mjs';
import { blockedBy } from '../pulls/mergePull.mjs';

/**
 * The repository of an address, for a browser: nobody is signed in there, and
 * people look at what a test has made, so that everything is shown.
 */
function shown({ state, params }) {
  const repository = state.repository(params.owner, params.repo);
  if (!repository) {
    throw notFound();
  }
  return repository;
}

const list = items =>
  `<ul>${items.map(item => `<li>${item}</li>`).join('\n')}</ul>`;

const link = (address, text) =>
  `<a href="${escapeHtml(address)}">${escapeHtml(text)}</a>`;

async function folder(context, repository, ref, path) {
  const { git, fullName } = repository;
  const commit = await git.resolve(ref);
  const entry = commit && (await git.entry(commit, path));
  if (!entry) {
    throw notFound();
  }
  if (entry.type === 'blob') {
    const text = (await git.blob(entry.sha)).toString();
    return html(
      layout(
        `${path} · ${fullName}`,
        `<h1>${escapeHtml(path)}</h1><pre>${escapeHtml(text)}</pre>`,
      ),
    );
  }
  const entries = await git.tree(entry.sha);
  return html(
    layout(
      fullName,
      `<h1>${link(`/${fullName}`, fullName)}</h1>
<p>${escapeHtml(repository.description ?? '')}</p>
<p><small>${repository.visibility} · ${escapeHtml(ref)}${
        repository.protections.has(ref) ? ' · protected' : ''
      }</small></p>
${list(
  entries.map(({ type, path: name }) => {
    const kind = type === 'tree' ? 'tree' : 'blob';
    const target = [fullName, kind, ref, path, name].filter(Boolean).join('/');
    return link(`/${target}`, name);
  }),
)}`,
    ),
  );
}

function pullPage(context) {
  const repository = shown(context);
  const pull = repository.pulls.find(
    ({ number }) => number === Number(context.params.number),
  );
  if (!pull) {
    throw notFound();
  }
  const reviewers = [
    ...pull.requestedUsers.map(({ login }) => login),
    ...pull.requestedTeams.map(
      ({ organization, slug }) => `${organization.login}/${slug}`,
    ),
  ];
  const state = (pull.mergedAt && 'merged') || pull.state;
  return html(
    layout(
      `${pull.title} · ${repository.fullName}`,
      `<h1>${escapeHtml(pull.title)} #${pull.number}</h1>
<p><small>${state} · ${escapeHtml(pull.user.login)} wants to merge ${escapeHtml(
        pull.head.branch,
      )} into ${escapeHtml(pull.base.branch)}</small></p>
<pre>${escapeHtml(pull.body ?? '')}</pre>
<h2>Reviewers</h2>
${list(reviewers.map(escapeHtml))}
${
  pull.state === 'open'
    ? list(blockedBy(context.state, pull).map(escapeHtml))
    : ''
}`,
    ),
  );
}

/** Plain pages of repositories, for links that a portal shows. */
export function addPageRoutes(pages) {
  pages.get('/:owner/:repo/pull/:number', pullPage);

  for (const kind of ['tree', 'blob']) {
    pages.get(`/:owner/:repo/${kind}/*rest`, async context => {
      const repository = shown(context);
      const { rest } = context.params;
      const branches = [...(await repository.git.branches()).keys()];
      const branch = branches.find(
        name => rest === name || rest.startsWith(`${name}/`),
      );
      const ref = branch ?? rest.split('/')[0];
      return folder(context, repository, ref, rest.slice(ref.length + 1));
    });
  }

  // Raw files are for programs, and need the right to read
  pages.get('/:owner/:repo/raw/:ref/*path', async context => {
    const repository = shown(context);
    const principal = identify(context, { anyScheme: true });
    if (!principal || levelOf(repository, principal) === 'none') {
      throw notFound();
    }
    const { git } = repository;
    const commit = await git.resolve(context.params.ref);
    const entry = commit && (await git.entry(commit, context.params.path));
    if (entry?.type !== 'blob') {
      throw notFound();
    }
    return reply(200, await git.blob(entry.sha), {
      'content-type': 'text/plain; charset=utf-8',
    });
  });

  pages.get('/avatars/:kind/:id', ({ params }) => {
    const hue = (Number(params.id) * 47) % 360;
    return reply(
      200,
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="hsl(${hue} 45% 45%)"/></svg>`,
      { 'content-type': 'image/svg+xml' },
    );
  });

  pages.get('/:owner/:repo', async context => {
    const repository = shown(context);
    if (context.params.repo.endsWith('.git')) {
      return redirect(`/${repository.fullName}`);
    }
    const { git, defaultBranch, fullName } = repository;
    if ((await git.branches()).size === 0) {
      return html(layout(fullName, `<h1>${fullName}</h1><p>Empty.</p>`));
    }
    return folder(context, repository, defaultBranch, '');
  });

  pages.get('/:owner', ({ state, params }) => {
    const account = state.account(params.owner);
    if (!account) {
      throw notFound();
    }
    const names = state.repositoriesOf(account).map(({ fullName }) => fullName);
    return html(
      layout(
        account.login,
        `<h1>${escapeHtml(account.name ?? account.login)}</h1>
${list(names.map(name => link(`/${name}`, name)))}`,
      ),
    );
  });
}
