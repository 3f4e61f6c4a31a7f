import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CiCredential } from '@waymark/plugin-ci-credentials-common';

/**
 * A pipeline that calls the portal.
 *
 * @public
 */
export interface CiPipeline {
  /** `ci:token:<id>` or `ci:github:<host>:<owner>/<repository>`. */
  subject: string;
  /**
   * What the pipeline is, for people and for the `source` of what it sends: the
   * source of its credential, or the address of its GitHub repository.
   */
  source: string;
  /**
   * Whether somebody vouches for the source: GitHub, the golden path that issued the
   * credential, or a person who may make credentials for all entities. Everybody else
   * can write any source into a credential for their own.
   */
  sourceVerified: boolean;
  /** The entities it may speak for, as full entity refs. */
  entityRefs: string[];
  /**
   * Those of them that are its own: what it may mean when it names none. An
   * entity elsewhere that says of itself to come from a GitHub repository is not
   * among them, as long as there is one that was read from that repository.
   */
  ownEntityRefs: string[];
}

/**
 * A credential that the golden path issued, as the one who renews it needs it.
 *
 * @public
 */
export interface IssuedCiCredential {
  id: string;
  /** What it was issued for; see {@link CiCredentialsService.issueFor}. */
  key: string;
  source: string;
  entityRefs: string[];
  expiresAt: string;
}

/**
 * Knows the pipelines behind principals.
 *
 * All methods throw `ServiceUnavailableError` when the CI credentials backend
 * does not answer, and `NotImplementedError` when there is none.
 *
 * @public
 */
export interface CiCredentialsService {
  /**
   * The pipeline that credentials belong to.
   *
   * @returns undefined for everybody who is no pipeline: people, other plugins,
   * other external callers, nobody. Those are for the permission framework.
   * @throws NotAllowedError with the reason when its credential was revoked or
   * expired in the meantime
   */
  getPipeline(
    credentials: BackstageCredentials,
  ): Promise<CiPipeline | undefined>;

  /**
   * Like {@link CiCredentialsService.getPipeline}, and makes sure that the
   * pipeline may speak for every one of the entities.
   *
   * A router that takes both people and pipelines reads:
   *
   * ```ts
   * const pipeline = await ciCredentials.authorize(credentials, { entityRefs });
   * if (!pipeline) {
   *   // a person or a service: ask the permission framework
   * }
   * ```
   *
   * @param options - `entityRefs`: entity refs in any spelling; `source`: when
   * given, has to be the pipeline's own or an address below it, such as that of
   * one run
   * @throws NotAllowedError that names the entity the pipeline may not speak for
   */
  authorize(
    credentials: BackstageCredentials,
    options: { entityRefs: string[]; source?: string },
  ): Promise<CiPipeline | undefined>;

  /**
   * Issues a credential for a new repository. Those issued before with the same
   * key go on to work until {@link CiCredentialsService.settle}, so that the
   * token can be stored where the pipeline finds it without a moment in which
   * no token works.
   *
   * @param options - `key`: what it is issued for, the address of the repository;
   * `source`: as for a credential that a person makes
   */
  issueFor(options: {
    key: string;
    source: string;
    entityRef: string;
    description?: string;
  }): Promise<{ credential: CiCredential; token: string }>;

  /**
   * Revokes every credential issued with the key except the one to keep.
   *
   * @throws ConflictError when that one was itself replaced or revoked meanwhile;
   * whoever stored its token has to issue another
   */
  settle(options: {
    key: string;
    keep: string;
    reason?: string;
  }): Promise<void>;

  /** Revokes every credential issued with the key. None is no error. */
  revokeFor(options: { key: string; reason: string }): Promise<void>;

  /** The active credentials that were issued with a key, in the order of their ids. */
  listIssued(options?: {
    cursor?: string;
    limit?: number;
  }): Promise<{ items: IssuedCiCredential[]; nextCursor?: string }>;
}
