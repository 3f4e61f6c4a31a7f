import { LoggerService } from '@backstage/backend-plugin-api';
import { isError, stringifyError } from '@backstage/errors';
import {
  CiCredentialsService,
  IssuedCiCredential,
} from '@waymark/plugin-ci-credentials-node';
import { RepositoryHost } from '../hosts/RepositoryHost';
import { PipelineCredentials } from './PipelineCredentials';

/** Two weeks, so that a host may be away for some days. */
const RENEW_BEFORE_MS = 14 * 24 * 60 * 60 * 1000;

/**
 * Looks after the credentials that golden paths issued: renews those that end
 * soon, and ends those whose repository is gone.
 *
 * @internal
 */
export class CredentialRenewal {
  constructor(
    private readonly options: {
      ciCredentials: CiCredentialsService;
      credentials: PipelineCredentials;
      getHost: () => RepositoryHost;
      logger: LoggerService;
    },
  ) {}

  /** @throws Error when some could not be looked after */
  async run(signal?: AbortSignal): Promise<void> {
    const { ciCredentials, logger } = this.options;
    const failures: string[] = [];
    let cursor: string | undefined;
    do {
      let page: Awaited<ReturnType<CiCredentialsService['listIssued']>>;
      try {
        page = await ciCredentials.listIssued({ cursor });
      } catch (error) {
        if (
          isError(error) &&
          ['NotImplementedError', 'NotAllowedError'].includes(error.name)
        ) {
          logger.debug(`No credentials to renew: ${error.message}`);
          return;
        }
        throw error;
      }
      for (const issued of page.items) {
        signal?.throwIfAborted();
        try {
          await this.lookAfter(issued, signal);
        } catch (error) {
          failures.push(`${issued.source}: ${stringifyError(error)}`);
        }
      }
      cursor = page.nextCursor;
    } while (cursor);
    if (failures.length > 0) {
      throw new Error(
        `${failures.length} credentials could not be looked after, the first of them ${failures[0]}`,
      );
    }
  }

  private async lookAfter(
    issued: IssuedCiCredential,
    signal?: AbortSignal,
  ): Promise<void> {
    const { ciCredentials, credentials, getHost, logger } = this.options;
    const host = getHost();
    const address = host.parseRepositoryUrl(issued.source);
    const [entityRef] = issued.entityRefs;
    // Of a host that golden paths do not publish to any more: it runs out
    if (!address || entityRef === undefined) {
      return;
    }
    if (!(await host.getRepository({ address, signal }))) {
      await ciCredentials.revokeFor({
        key: issued.key,
        reason: 'the repository is gone',
      });
      logger.info(
        `Revoked the CI credential of ${issued.source}, which is gone`,
      );
      return;
    }
    if (Date.parse(issued.expiresAt) < Date.now() + RENEW_BEFORE_MS) {
      await credentials.provide({
        host,
        address,
        url: issued.source,
        entityRef,
        logger,
        signal,
      });
    }
  }
}
