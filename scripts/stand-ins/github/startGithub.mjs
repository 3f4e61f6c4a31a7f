import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { Faults } from './control/Faults.mjs';
import { Requests } from './control/Requests.mjs';
import { handle } from './http/handle.mjs';
import { LongTail } from './longTail.mjs';
import { ActionsTokens } from './oidc/ActionsTokens.mjs';
import { PullRequests } from './pulls/PullRequests.mjs';
import { createRouters } from './routes/createRouters.mjs';
import { seed } from './seed.mjs';
import { State } from './state/State.mjs';

const listen = (server, port) =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, resolve);
  });

const close = server =>
  new Promise(resolve => {
    server.close(resolve);
    server.closeAllConnections();
  });

/** Starts a GitHub for tests; see startGithub.d.mts. */
export async function startGithub(options = {}) {
  const temporary = options.dataDir === undefined;
  const dataDir = temporary
    ? await mkdtemp(path.join(os.tmpdir(), 'github-stand-in-'))
    : path.resolve(options.dataDir);
  const routers = createRouters();
  let state;
  const server = http.createServer((req, res) =>
    handle({ state, routers, req, res }),
  );
  const stop = async () => {
    await close(server);
    await state?.longTail.stop();
    if (temporary) {
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  };
  try {
    await listen(server, options.port ?? 0);
    const host = `localhost:${server.address().port}`;
    state = new State({ url: `http://${host}`, dataDir });
    state.pulls = new PullRequests(state);
    state.longTail = new LongTail(state);
    state.actionsTokens = new ActionsTokens(state);
    state.faults = new Faults();
    state.requests = new Requests();
    const told = await seed(state, options);
    return {
      url: state.url,
      host,
      apiUrl: state.apiUrl,
      graphqlUrl: `${state.url}/api/graphql`,
      ...told,
      oidc: {
        issuer: state.actionsTokens.issuer,
        audience: state.actionsTokens.audienceOf(told.organization),
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
