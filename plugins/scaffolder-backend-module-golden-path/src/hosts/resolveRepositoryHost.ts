import { InputError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { GiteaRepositoryHost } from './GiteaRepositoryHost';
import { RepositoryHost } from './RepositoryHost';

/**
 * Finds the host that golden paths publish to.
 *
 * @throws InputError naming the setting, when none or several could be meant
 * @internal
 */
export function resolveRepositoryHost(options: {
  integrations: ScmIntegrationRegistry;
  host?: string;
}): RepositoryHost {
  const { integrations, host } = options;
  const all = integrations.gitea.list().map(entry => entry.config);

  if (host !== undefined) {
    const named = all.find(entry => entry.host === host);
    if (!named) {
      throw new InputError(
        `scaffolder.goldenPath.host: there is no entry '${host}' in integrations.gitea${
          all.length ? `; there is ${all.map(e => e.host).join(', ')}` : ''
        }`,
      );
    }
    return new GiteaRepositoryHost(named);
  }
  if (all.length !== 1) {
    throw new InputError(
      `scaffolder.goldenPath.host: must name one of integrations.gitea, which has ${
        all.length === 0 ? 'none' : all.map(entry => entry.host).join(', ')
      }`,
    );
  }
  return new GiteaRepositoryHost(all[0]);
}
