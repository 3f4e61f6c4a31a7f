import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import {
  HostAddress,
  HostedRepository,
  RepositoryHost,
} from '../hosts/RepositoryHost';
import { RepositoryHosts } from '../hosts/RepositoryHosts';

/**
 * A repository that a change can be proposed to.
 *
 * @internal
 */
export interface ProposalTarget {
  host: RepositoryHost;
  address: HostAddress;
  repository: HostedRepository;
}

/**
 * A repository takes no changes any more.
 *
 * @internal
 */
export class ArchivedError extends InputError {}

/**
 * Finds the repositories that changes may be proposed to.
 *
 * A change is made with the portal's credentials, which reach further than the
 * person's own: where that is allowed, the config says.
 *
 * @internal
 */
export class ProposalTargets {
  constructor(
    private readonly options: {
      hosts: RepositoryHosts;
      config: GoldenPathConfig;
    },
  ) {}

  /** @throws InputError naming the field, when nothing can be proposed there */
  async find(
    repositoryUrl: string,
    options: { logger?: LoggerService; signal?: AbortSignal },
  ): Promise<ProposalTarget> {
    const { logger, signal } = options;
    const { host, address } = this.locate(repositoryUrl, logger);
    const repository = await host.getRepository({ address, signal });
    if (!repository) {
      throw new InputError(
        `repositoryUrl: there is no repository ${host.repositoryUrl(address)}${
          host.absenceNote ?? ''
        }`,
      );
    }
    // A host may know it under another name by now
    const current = host.parseRepositoryUrl(repository.url) ?? address;
    this.assertAllowed(host, current);
    if (repository.archived) {
      throw new ArchivedError(
        `repositoryUrl: ${repository.url} is archived and takes no changes`,
      );
    }
    if (repository.empty) {
      throw new InputError(
        `repositoryUrl: ${repository.url} is empty; there is nothing yet that could be changed`,
      );
    }
    return { host, address: current, repository };
  }

  private locate(
    repositoryUrl: string,
    logger: LoggerService | undefined,
  ): { host: RepositoryHost; address: HostAddress } {
    const hosts = this.options.hosts.all(logger);
    for (const host of hosts) {
      const address = host.parseRepositoryUrl(repositoryUrl);
      if (address) {
        this.assertAllowed(host, address);
        return { host, address };
      }
    }
    const examples = this.allowed().map(({ host, organizations }) => {
      const known = hosts.find(candidate => candidate.host === host);
      return known?.repositoryUrl({
        organization: organizations?.[0] ?? 'organization',
        name: 'repository',
      });
    });
    throw new InputError(
      `repositoryUrl: must be the address of a repository, such as ${examples
        .filter(Boolean)
        .join(' or ')}`,
    );
  }

  private assertAllowed(host: RepositoryHost, address: HostAddress): void {
    const allowed = this.allowed();
    const isAllowed = allowed.some(
      entry =>
        entry.host === host.host &&
        (entry.organizations === undefined ||
          entry.organizations.some(
            name =>
              name.toLocaleLowerCase('en-US') ===
              address.organization.toLocaleLowerCase('en-US'),
          )),
    );
    if (!isAllowed) {
      throw new InputError(
        `repositoryUrl: changes are proposed only on ${allowed
          .map(
            entry =>
              `${entry.host}${
                entry.organizations
                  ? ` in ${entry.organizations.join(', ')}`
                  : ''
              }`,
          )
          .join(' and ')} (scaffolder.goldenPath.proposals)`,
      );
    }
  }

  private allowed(): { host: string; organizations?: string[] }[] {
    const { hosts, config } = this.options;
    return (
      config.proposals ?? [
        {
          host: hosts.publishing().host,
          organizations: config.organization
            ? [config.organization]
            : undefined,
        },
      ]
    );
  }
}
