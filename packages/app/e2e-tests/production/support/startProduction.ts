import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { organization, users } from './organization';
import {
  loadGithub,
  loadPostgres,
  loadProduction,
  loadSignIn,
} from './scripts';
import { keep } from './situation';

/** What the first look at GitHub and at the templates brings. */
const expected = [
  'component:default/departure-boards',
  'template:default/node-api',
  'template:default/register-repository',
  ...users
    .filter(user => 'role' in user)
    .map(user => `user:default/${user.login}`),
];

/** Somebody who signs in has the squads that the catalog knows of at that moment. */
async function untilFilled(url: string): Promise<void> {
  const { tokenOf } = await loadSignIn();
  const token = await tokenOf({ url, login: 'noor-lindqvist' });
  const end = Date.now() + 60_000;
  for (;;) {
    const response = await fetch(`${url}/api/catalog/entities/by-refs`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ entityRefs: expected }),
    });
    const { items } = await response.json();
    const missing = expected.filter((ref, index) => {
      const entity = items[index];
      return !entity || (ref.startsWith('user:') && !entity.relations?.length);
    });
    if (missing.length === 0) {
      return;
    }
    if (Date.now() > end) {
      throw new Error(`Not in the catalog: ${missing.join(', ')}`);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/**
 * Starts what the installed portal needs, and the portal: a PostgreSQL with an
 * empty database, a GitHub with an organisation, and one replica between them.
 */
export default async function startProductionForTests() {
  const [{ startPostgres }, { startGithub }, { startProduction }] =
    await Promise.all([loadPostgres(), loadGithub(), loadProduction()]);
  const bundleDir = process.env.WAYMARK_PRODUCTION_DIR;
  if (!bundleDir) {
    throw new Error(
      'WAYMARK_PRODUCTION_DIR is not set: the folder that "node scripts/production/install.mjs --to <folder>" has filled',
    );
  }

  const stops: Array<() => Promise<void>> = [];
  const stop = async () => {
    for (const end of stops.reverse()) {
      await end();
    }
  };
  try {
    const [postgres, github] = await Promise.all([
      startPostgres(),
      startGithub({ organization, users }),
    ]);
    stops.push(postgres.stop, github.stop);
    const sessionSecret = randomBytes(32).toString('hex');
    const portal = await startProduction({
      bundleDir,
      postgres,
      github,
      configs: [path.resolve(__dirname, 'app-config.walk.yaml')],
      env: { WAYMARK_SESSION_SECRET: sessionSecret },
    });
    stops.push(portal.stop);

    const webhook = await fetch(`${github.url}/_control/app/webhook`, {
      method: 'PUT',
      body: JSON.stringify({
        url: `${portal.url}/api/golden-paths/webhooks/github`,
        secret: github.app.webhookSecret,
      }),
    });
    if (!webhook.ok) {
      throw new Error(`The webhook: ${webhook.status}`);
    }
    const { url, readyMs, pageMs, logFile } = portal;
    await untilFilled(url);
    keep({
      url,
      logFile,
      sessionSecret,
      github: { ...github },
      postgres: { ...postgres.connection, database: 'waymark' },
    });
    stops.push(async () => {
      const megabytes = Math.round((portal.residentMemory() ?? 0) / 1e6);
      // eslint-disable-next-line no-console -- the output of the tests
      console.log(
        `Ready after ${readyMs} ms, first page after ${pageMs} ms; ${megabytes} MB at the end`,
      );
    });
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
