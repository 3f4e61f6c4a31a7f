import { LoggerService } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  NotAllowedError,
  stringifyError,
} from '@backstage/errors';
import { CiPipeline, GithubHost } from '@waymark/plugin-ci-credentials-node';
import { CredentialStore } from '../credentials/CredentialStore';
import { describeEnd, StoredCredential } from '../credentials/StoredCredential';
import { CiToken } from '../tokens/CiToken';
import { GithubEntities } from './GithubEntities';
import { fromSubject, repositoryUrl, toSubject } from './GithubRepository';
import { GithubTokens } from './GithubTokens';

const TOKEN_SUBJECT_PREFIX = 'ci:token:';

/**
 * Who a token belongs to, and what its holder may speak for.
 *
 * @internal
 */
export class Pipelines {
  constructor(
    private readonly deps: {
      /** Hosts of `ciCredentials.github`. */
      githubHosts: GithubHost[];
      githubEntities: GithubEntities;
      githubTokens: GithubTokens;
      logger: LoggerService;
      store: CredentialStore;
    },
  ) {}

  /** @throws AuthenticationError or NotAllowedError with the reason */
  async verify(token: string): Promise<CiPipeline & { expiresAt?: string }> {
    if (token.startsWith('wmk_ci_')) {
      return this.verifyOwn(token);
    }
    const repository = await this.deps.githubTokens.verify(token);
    return this.get(toSubject(repository));
  }

  /**
   * @throws NotAllowedError with the reason when the holder may speak for nothing
   * (any more)
   */
  async get(subject: string): Promise<CiPipeline> {
    if (subject.startsWith(TOKEN_SUBJECT_PREFIX)) {
      return this.getByCredential(subject);
    }
    const repository = fromSubject(subject);
    const host = this.deps.githubHosts.find(
      entry => entry.host === repository?.host,
    );
    if (!repository || !host) {
      throw new NotAllowedError('There is no such pipeline');
    }
    const source = repositoryUrl(repository, host);
    const found = await this.deps.githubEntities.find(repository, source);
    if (found.entityRefs.length === 0) {
      throw new NotAllowedError(
        `No entity of the catalog comes from ${source}, so its workflows may not speak for any`,
      );
    }
    return { subject, source, sourceVerified: true, ...found };
  }

  private async verifyOwn(
    text: string,
  ): Promise<CiPipeline & { expiresAt: string }> {
    const { logger, store } = this.deps;
    const token = CiToken.parse(text);
    const credential = token && (await store.get(token.id));
    // One answer for both: an id alone tells nothing about its credential
    if (!credential || !token.matches(credential.secretHash)) {
      throw new AuthenticationError('This CI credential is not known here');
    }
    const now = new Date();
    const end = describeEnd(credential, now);
    if (end) {
      throw new AuthenticationError(end);
    }
    try {
      await store.touch(credential, now);
    } catch (error) {
      // Who may come in does not hang on a note about it
      logger.warn(
        `Could not note the use of CI credential ${
          credential.id
        }: ${stringifyError(error)}`,
      );
    }
    return { ...toPipeline(credential), expiresAt: credential.expiresAt };
  }

  private async getByCredential(subject: string): Promise<CiPipeline> {
    const id = subject.slice(TOKEN_SUBJECT_PREFIX.length);
    const credential = CiToken.isId(id)
      ? await this.deps.store.get(id)
      : undefined;
    if (!credential) {
      throw new NotAllowedError('This CI credential is not known here');
    }
    // It may have ended since the token was looked at
    const end = describeEnd(credential, new Date());
    if (end) {
      throw new NotAllowedError(end);
    }
    return toPipeline(credential);
  }
}

function toPipeline(credential: StoredCredential): CiPipeline {
  return {
    subject: `${TOKEN_SUBJECT_PREFIX}${credential.id}`,
    source: credential.source,
    sourceVerified: credential.sourceVerified,
    entityRefs: credential.entityRefs,
    ownEntityRefs: credential.entityRefs,
  };
}
