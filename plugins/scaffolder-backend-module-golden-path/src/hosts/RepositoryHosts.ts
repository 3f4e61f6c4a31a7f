import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  GithubCredentialsProvider,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import { GithubHostConfig } from '../config/GithubHostConfig';
import { GiteaRepositoryHost } from './GiteaRepositoryHost';
import { GithubApi } from './GithubApi';
import { GithubRepositoryHost } from './GithubRepositoryHost';
import { RepositoryHost } from './RepositoryHost';

/** Makes the host of one entry of the `integrations` config. */
interface Entry {
  host: string;
  create: (logger?: LoggerService) => RepositoryHost;
}

/**
 * The repository hosts of the `integrations` config.
 *
 * A logger is that of a task: a host that is asked with one waits for a rate
 * limit to end, and says there that it does.
 *
 * @internal
 */
export class RepositoryHosts {
  static create(options: {
    integrations: ScmIntegrationRegistry;
    /** The setting `scaffolder.goldenPath.host`. */
    host?: string;
    github: GithubHostConfig;
  }): RepositoryHosts {
    const { integrations, host, github } = options;
    // Keeps the tokens of Apps until they expire
    const credentials =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
    return new RepositoryHosts(
      [
        ...integrations.gitea.list().map(({ config }) => ({
          host: config.host,
          create: () => new GiteaRepositoryHost(config),
        })),
        ...githubEntries(integrations, credentials, github),
      ],
      host,
    );
  }

  private constructor(
    private readonly entries: Entry[],
    private readonly host: string | undefined,
  ) {}

  /**
   * The host that golden paths publish to.
   *
   * @throws InputError naming the setting, when none or several could be meant
   */
  publishing(logger?: LoggerService): RepositoryHost {
    const { entries, host } = this;
    const known = entries.map(entry => entry.host).join(', ');

    if (host !== undefined) {
      const named = entries.find(entry => entry.host === host);
      if (!named) {
        throw new InputError(
          `scaffolder.goldenPath.host: there is no entry '${host}' with credentials in integrations.gitea or integrations.github${
            known && `; there is ${known}`
          }`,
        );
      }
      return named.create(logger);
    }
    if (entries.length !== 1) {
      throw new InputError(
        `scaffolder.goldenPath.host: must name one entry of integrations.gitea or integrations.github; there is ${
          known || 'none'
        }`,
      );
    }
    return entries[0].create(logger);
  }

  /** All hosts, for finding the one that an address belongs to. */
  all(logger?: LoggerService): RepositoryHost[] {
    return this.entries.map(entry => entry.create(logger));
  }
}

function githubEntries(
  integrations: ScmIntegrationRegistry,
  credentials: GithubCredentialsProvider,
  github: GithubHostConfig,
): Entry[] {
  return (
    integrations.github
      .list()
      .map(({ config }) => config)
      // github.com is in the list without being in the config
      .filter(({ token, apps }) => token !== undefined || apps?.length)
      .map(config => ({
        host: config.host,
        create: logger =>
          new GithubRepositoryHost(
            new GithubApi({ config, credentials, logger }),
            github,
          ),
      }))
  );
}
