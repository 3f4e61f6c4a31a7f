import { randomUUID } from 'node:crypto';
import { ALL_SCOPES, principalOf } from '../state/principal.mjs';
import { parseBody, readBody } from './body.mjs';
import { GithubError, notFound } from './GithubError.mjs';
import { reply, send } from './reply.mjs';

const API = '/api/v3';

/** Routes that a Git client talks to with a body that is not ours to read. */
const isGit = path => /\/git-(upload|receive)-pack$/.test(path);

function apiHeaders(state, principal) {
  const reset = Math.floor(Date.now() / 1000) + 3600;
  return {
    'x-github-request-id': randomUUID(),
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': '2022-11-28',
    'x-github-enterprise-version': '3.17.0',
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '4999',
    'x-ratelimit-used': '1',
    'x-ratelimit-resource': 'core',
    'x-ratelimit-reset': String(reset),
    ...(principal?.kind === 'user' && {
      'x-oauth-scopes': (principal.scopes ?? ALL_SCOPES).join(', '),
      'x-accepted-oauth-scopes': '',
    }),
    ...(principal?.kind === 'user' &&
      principal.clientId && { 'x-oauth-client-id': principal.clientId }),
  };
}

const failureOf = error =>
  reply(error.status, error.body, {
    ...error.headers,
  });

/** What every handler is given. */
async function contextOf({ state, req, res }) {
  const url = new URL(req.url, state.url);
  const path = url.pathname;
  const body = isGit(path)
    ? {}
    : parseBody(await readBody(req), req.headers['content-type']);
  return {
    state,
    req,
    res,
    url,
    path,
    method: req.method,
    query: url.searchParams,
    body,
  };
}

async function api(context, router) {
  const { state, req } = context;
  let principal;
  let answer;
  try {
    principal = principalOf(state, req.headers.authorization);
    context.principal = principal;
    const path = context.path.slice(API.length) || '/';
    answer = await state.longTail.forward(context, path);
    const route = answer ? undefined : router.match(req.method, path);
    if (route) {
      context.params = route.params;
      answer = await route.handler(context);
    }
    answer ??= failureOf(notFound());
  } catch (error) {
    if (!(error instanceof GithubError)) {
      throw error;
    }
    answer = failureOf(error);
  }
  return {
    ...answer,
    headers: { ...apiHeaders(state, principal), ...answer.headers },
  };
}

async function plain(context, router) {
  const route = router.match(context.req.method, context.path);
  if (!route) {
    return reply(404, 'Not Found\n', { 'content-type': 'text/plain' });
  }
  context.params = route.params;
  return route.handler(context);
}

async function real(context, routers) {
  const { path } = context;
  if (path === '/api/graphql') {
    const answer = await routers.graphql(context);
    const headers = apiHeaders(context.state, context.principal);
    return { ...answer, headers: { ...headers, ...answer.headers } };
  }
  return path === API || path.startsWith(`${API}/`)
    ? api(context, routers.api)
    : plain(context, routers.pages);
}

/**
 * Answers one request: control routes, then the faults that were asked for,
 * then the API or the addresses beside it.
 */
export async function handle({ state, routers, req, res }) {
  const started = performance.now();
  let context;
  let answer;
  try {
    context = await contextOf({ state, req, res });
    const { path } = context;
    if (path.startsWith('/_control/')) {
      answer = await plain(context, routers.control);
      send(context, answer);
      return;
    }
    answer = await state.faults.apply(context);
    if (answer === 'handled') {
      return;
    }
    answer ??= await real(context, routers);
    answer = (await state.faults.apply(context, { after: true })) ?? answer;
    if (answer && answer !== 'handled') {
      send(context, answer);
    }
  } catch (error) {
    const known = error instanceof GithubError;
    if (!known) {
      process.stderr.write(`${req.method} ${req.url}: ${error.stack}\n`);
    }
    if (res.headersSent) {
      res.destroy();
      return;
    }
    const { status, body } = known
      ? error
      : { status: 500, body: { message: 'Server Error' } };
    send({ req, res }, reply(status, body));
  } finally {
    const took = performance.now() - started;
    state.requests.record({ req, res, context, milliseconds: took });
  }
}
