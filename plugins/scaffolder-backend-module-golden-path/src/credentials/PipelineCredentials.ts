import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { CiCredentialsService } from '@waymark/plugin-ci-credentials-node';
import { HostAddress, RepositoryHost } from '../hosts/RepositoryHost';

/** The secret under which a pipeline finds its token. */
export const TOKEN_SECRET = 'WAYMARK_TOKEN';

/**
 * Gives the pipelines of repositories the credential with which they speak to the
 * portal.
 *
 * @internal
 */
export class PipelineCredentials {
  constructor(
    private readonly options: { ciCredentials: CiCredentialsService },
  ) {}

  /**
   * Issues a credential and stores its token with the repository. The one before
   * works until the new one is in its place; a repeat after a crash at any point
   * leaves exactly one.
   *
   * Does nothing, and says so, where pipelines need no token, where the host keeps
   * no secrets, and where the portal issues none.
   */
  async provide(request: {
    host: RepositoryHost;
    address: HostAddress;
    /** The address of the repository's page: what the credential is issued for. */
    url: string;
    entityRef: string;
    logger: LoggerService;
    signal?: AbortSignal;
  }): Promise<void> {
    const { host, address, url, entityRef, logger, signal } = request;
    const { ciCredentials } = this.options;
    if (!host.setSecret) {
      logger.info(
        `Pipelines on ${host.host} prove by themselves who they are; no credential is stored`,
      );
      return;
    }

    let issued: Awaited<ReturnType<CiCredentialsService['issueFor']>>;
    try {
      issued = await ciCredentials.issueFor({
        key: url,
        source: url,
        entityRef,
        description: 'Issued by the golden path for the repository it created',
      });
    } catch (error) {
      if (isNamed(error, 'NotImplementedError', 'NotAllowedError')) {
        logger.warn(
          `The pipeline of ${url} gets no credential: ${error.message}`,
        );
        return;
      }
      throw error;
    }

    const { credential, token } = issued;
    try {
      await host.setSecret({
        address,
        name: TOKEN_SECRET,
        value: token,
        signal,
      });
    } catch (error) {
      if (isNamed(error, 'NotFoundError')) {
        await ciCredentials.revokeFor({
          key: url,
          reason: 'the host keeps no secrets',
        });
        logger.warn(
          `The pipeline of ${url} gets no credential, because ${host.host} keeps no secrets: ${error.message}`,
        );
        return;
      }
      throw error;
    }
    await ciCredentials.settle({ key: url, keep: credential.id });
    logger.info(
      `Stored a credential for ${entityRef} as the secret ${TOKEN_SECRET}, valid until ${credential.expiresAt}`,
    );
  }
}

function isNamed(error: unknown, ...names: string[]): error is Error {
  return isError(error) && names.includes(error.name);
}
