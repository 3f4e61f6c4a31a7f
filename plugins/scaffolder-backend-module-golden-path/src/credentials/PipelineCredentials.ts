import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { CiCredentialsService } from '@waymark/plugin-ci-credentials-node';
import { HostAddress, RepositoryHost } from '../hosts/RepositoryHost';

/** The secret under which a pipeline finds its token. */
export const TOKEN_SECRET = 'WAYMARK_TOKEN';

type Issued = Awaited<ReturnType<CiCredentialsService['issueFor']>>;

/** How often a repository can be given a credential by others meanwhile. */
const MAX_ATTEMPTS = 3;

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
    const { host, url, entityRef, logger } = request;
    const { ciCredentials } = this.options;
    const { setSecret } = host;
    if (!setSecret) {
      logger.info(
        `Pipelines on ${host.host} prove by themselves who they are; no credential is stored`,
      );
      return;
    }

    for (let attempt = 1; ; attempt++) {
      const credential = await this.store({ ...request, setSecret });
      if (!credential) {
        return;
      }
      try {
        await ciCredentials.settle({ key: url, keep: credential.id });
      } catch (error) {
        // Somebody else was at it, and which token is stored nobody knows
        if (attempt < MAX_ATTEMPTS && isNamed(error, 'ConflictError')) {
          continue;
        }
        throw error;
      }
      logger.info(
        `Stored a credential for ${entityRef} as the secret ${TOKEN_SECRET}, valid until ${credential.expiresAt}`,
      );
      return;
    }
  }

  /** @returns undefined, having said why, when there is no credential to be had */
  private async store(request: {
    setSecret: NonNullable<RepositoryHost['setSecret']>;
    host: RepositoryHost;
    address: HostAddress;
    url: string;
    entityRef: string;
    logger: LoggerService;
    signal?: AbortSignal;
  }): Promise<Issued['credential'] | undefined> {
    const { setSecret, host, address, url, entityRef, logger, signal } =
      request;
    const { ciCredentials } = this.options;

    let issued: Issued;
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
        return undefined;
      }
      throw error;
    }

    const { credential, token } = issued;
    try {
      await setSecret.call(host, {
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
        return undefined;
      }
      throw error;
    }
    return credential;
  }
}

function isNamed(error: unknown, ...names: string[]): error is Error {
  return isError(error) && names.includes(error.name);
}
