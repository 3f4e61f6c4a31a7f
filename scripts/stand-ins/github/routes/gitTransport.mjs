import { changeRefs } from '../git/changeRefs.mjs';
import { runHttpBackend } from '../git/httpBackend.mjs';
import { reply } from '../http/reply.mjs';
import { appMay, atLeast, levelOf } from '../state/access.mjs';
import { actorOf, principalOf } from '../state/principal.mjs';
import { receiveEnvironment } from './protectionRules.mjs';

const text = (status, message, headers = {}) =>
  reply(status, `${message}\n`, {
    'content-type': 'text/plain; charset=utf-8',
    ...headers,
  });

const askForPassword = message =>
  text(401, message, { 'www-authenticate': 'Basic realm="GitHub"' });

/**
 * Who asks beside the API; undefined when the credentials are no good. Git
 * clients speak Basic: with another scheme GitHub asks them for a password.
 */
export function identify({ state, req }, { anyScheme = false } = {}) {
  const { authorization } = req.headers;
  if (!anyScheme && authorization && !/^basic /i.test(authorization)) {
    return undefined;
  }
  try {
    const principal = principalOf(state, authorization);
    return principal.kind === 'app' ? undefined : principal;
  } catch {
    return undefined;
  }
}

function mayPush(repository, principal) {
  if (principal.kind === 'installation') {
    return (
      appMay(principal, 'contents:write') &&
      atLeast(levelOf(repository, principal), 'push')
    );
  }
  return atLeast(levelOf(repository, principal), 'push');
}

/** The refusal of a request, or who asks and what for. */
function authorize(context, writes) {
  const { state, params } = context;
  const principal = identify(context);
  context.principal = principal;
  if (!principal) {
    return {
      refusal: askForPassword(
        'Invalid username or token. Password authentication is not supported for Git operations.',
      ),
    };
  }
  const repository = state.repository(
    params.owner,
    params.repo.replace(/\.git$/, ''),
  );
  const level = repository ? levelOf(repository, principal) : 'none';
  if (principal.kind === 'anonymous' && (writes || level === 'none')) {
    return { refusal: askForPassword('No anonymous write access.') };
  }
  if (level === 'none') {
    return { refusal: text(404, 'Repository not found.') };
  }
  if (!writes) {
    return { repository, principal };
  }
  if (!mayPush(repository, principal)) {
    const { fullName } = repository;
    const { login } = actorOf(principal);
    return {
      refusal: text(403, `Permission to ${fullName}.git denied to ${login}.`),
    };
  }
  if (repository.archived) {
    return {
      refusal: text(403, 'This repository was archived so it is read-only.'),
    };
  }
  return { repository, principal };
}

async function serve(context, service, writes) {
  const { state, req, res, url } = context;
  const { refusal, repository, principal } = authorize(context, writes);
  if (refusal) {
    // What is not read would keep the connection from being used again
    req.resume();
    return refusal;
  }
  const options = {
    req,
    res,
    directory: repository.git.directory,
    service,
    search: url.search,
  };
  if (service !== 'git-receive-pack') {
    const user = writes ? actorOf(principal).login : undefined;
    await runHttpBackend({ ...options, user });
    res.end();
    return undefined;
  }
  const actor = actorOf(principal);
  await changeRefs(state, repository, actor, () =>
    runHttpBackend({
      ...options,
      user: actor.login,
      env: receiveEnvironment(repository, principal),
    }),
  );
  // Whoever has pushed finds everything done that follows from it
  res.end();
  return undefined;
}

/** Git over HTTP, with a token as the password. */
export function addGitTransport(pages) {
  pages.get('/:owner/:repo/info/refs', context => {
    const service = context.query.get('service');
    if (!['git-upload-pack', 'git-receive-pack'].includes(service)) {
      return text(403, 'Please upgrade your git client.');
    }
    return serve(context, 'info/refs', service === 'git-receive-pack');
  });
  pages.post('/:owner/:repo/git-upload-pack', context =>
    serve(context, 'git-upload-pack', false),
  );
  pages.post('/:owner/:repo/git-receive-pack', context =>
    serve(context, 'git-receive-pack', true),
  );
}
