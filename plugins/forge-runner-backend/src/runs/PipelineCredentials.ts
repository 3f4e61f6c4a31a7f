import { isError } from '@backstage/errors';
import { CiCredentialsService } from '@waymark/plugin-ci-credentials-node';
import { RepositoryRow } from '../repositories/RepositoryStore';

/** A credential that ends sooner is replaced, in milliseconds. */
const MIN_LEFT_MS = 24 * 3600 * 1000;

interface Held {
  id: string;
  token: string;
  entityRef: string;
  expiresAt: number;
}

/**
 * The credentials with which pipelines on this machine report to the portal: one
 * for each repository, kept in memory only, and another one after each start.
 *
 * @internal
 */
export class PipelineCredentials {
  readonly #ciCredentials: CiCredentialsService;
  readonly #held = new Map<number, Held>();

  constructor(options: { ciCredentials: CiCredentialsService }) {
    this.#ciCredentials = options.ciCredentials;
  }

  /**
   * The token of a repository.
   *
   * @returns `problem` for people, where the portal issues none
   */
  async tokenOf(
    repository: RepositoryRow,
    entityRef: string,
  ): Promise<{ token: string } | { problem: string }> {
    const held = this.#held.get(repository.id);
    try {
      if (held?.entityRef === entityRef && (await this.#isGood(held))) {
        return { token: held.token };
      }
      const key = keyOf(repository);
      const { credential, token } = await this.#ciCredentials.issueFor({
        key,
        source: repository.url,
        entityRef,
        description: 'Issued for the pipeline on the machine of the portal',
      });
      await this.#ciCredentials.settle({ key, keep: credential.id });
      this.#held.set(repository.id, {
        id: credential.id,
        token,
        entityRef,
        expiresAt: Date.parse(credential.expiresAt),
      });
      return { token };
    } catch (error) {
      if (isError(error)) {
        return { problem: `The portal issued no credential: ${error.message}` };
      }
      throw error;
    }
  }

  /** Ends the credential of a repository that is gone. */
  async revoke(repository: RepositoryRow): Promise<void> {
    if (this.#held.delete(repository.id)) {
      await this.#ciCredentials.revokeFor({
        key: keyOf(repository),
        reason: 'the repository was deleted',
      });
    }
  }

  /** Whether nobody has revoked it, and it does not end soon. */
  async #isGood(held: Held): Promise<boolean> {
    if (held.expiresAt - Date.now() < MIN_LEFT_MS) {
      return false;
    }
    let cursor: string | undefined;
    do {
      const page = await this.#ciCredentials.listIssued({ cursor });
      if (page.items.some(({ id }) => id === held.id)) {
        return true;
      }
      cursor = page.nextCursor;
    } while (cursor);
    return false;
  }
}

/** Apart from the one that the golden path stored with the repository. */
function keyOf(repository: RepositoryRow): string {
  return `${repository.url}#pipeline`;
}
