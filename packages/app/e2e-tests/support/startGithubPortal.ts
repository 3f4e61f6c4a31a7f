import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/**
 * Starts a portal that signs people in with GitHub, and the GitHub. Of all who
 * have an account there, only these are in the portal's catalog.
 */
export async function startGithubPortal(logins: string[]) {
  // The scripts of the repository are no package
  /* eslint-disable @backstage/no-relative-monorepo-imports */
  const { startPortal } = await import('../../../../scripts/lib/portal.mjs');
  const { startGithub } = await import(
    '../../../../scripts/stand-ins/github/startGithub.mjs'
  );
  /* eslint-enable @backstage/no-relative-monorepo-imports */
  const github = await startGithub();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'waymark-people-'));
  const stopGithub = async () => {
    await github.stop();
    await rm(folder, { recursive: true, force: true });
  };

  try {
    const people = path.join(folder, 'people.yaml');
    const entities = [];
    for (const login of logins) {
      const response = await fetch(`${github.apiUrl}/users/${login}`, {
        headers: { authorization: `token ${github.token}` },
      });
      const { node_id: id } = await response.json();
      entities.push({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'User',
        metadata: { name: login, annotations: { 'github.com/user-id': id } },
        spec: { memberOf: [] },
      });
    }
    // JSON is YAML
    await writeFile(
      people,
      entities.map(entity => JSON.stringify(entity)).join('\n---\n'),
    );
    const portal = await startPortal({
      sample: false,
      configs: [path.resolve(__dirname, 'app-config.github.yaml')],
      env: {
        WAYMARK_E2E_GITHUB_CLIENT_ID: github.oauthApp.clientId,
        WAYMARK_E2E_GITHUB_CLIENT_SECRET: github.oauthApp.clientSecret,
        WAYMARK_E2E_GITHUB_URL: github.url,
        WAYMARK_E2E_PEOPLE: people,
      },
    });
    return {
      url: portal.url,
      async stop() {
        await portal.stop();
        await stopGithub();
      },
    };
  } catch (error) {
    await stopGithub();
    throw error;
  }
}
