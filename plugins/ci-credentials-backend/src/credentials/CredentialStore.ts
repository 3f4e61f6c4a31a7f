import { CiCredentialState } from '@waymark/plugin-ci-credentials-common';
import { StoredCredential } from './StoredCredential';

/**
 * Who ended a credential, when and why.
 *
 * @internal
 */
export interface Revocation {
  at: Date;
  by: string;
  reason?: string;
}

/**
 * Keeps credentials.
 *
 * @internal
 */
export interface CredentialStore {
  add(credential: StoredCredential): Promise<void>;

  get(id: string): Promise<StoredCredential | undefined>;

  /**
   * One page, the newest first.
   *
   * @param options - `within`: only credentials of one of these entities
   * @throws InputError when the cursor is none of ours
   */
  list(options: {
    entityRef?: string;
    state?: CiCredentialState;
    within?: string[];
    cursor?: string;
    limit: number;
    now: Date;
  }): Promise<{
    items: StoredCredential[];
    totalItems: number;
    nextCursor?: string;
  }>;

  /** The entities of all credentials, each once, in alphabetical order. */
  listEntityRefs(options: { after?: string; limit: number }): Promise<string[]>;

  /** Ends a credential, unless somebody did before. */
  revoke(
    id: string,
    revocation: Revocation,
  ): Promise<StoredCredential | undefined>;

  /** Notes that a credential was used, at most once a minute. */
  touch(credential: StoredCredential, at: Date): Promise<void>;

  /**
   * Ends those that were issued with a key, except one.
   *
   * @returns the ids of those that this call ended
   * @throws ConflictError when the one to keep was revoked itself; none ends then
   */
  revokeIssued(options: {
    key: string;
    except?: string;
    revocation: Revocation;
  }): Promise<string[]>;

  /** The active ones that were issued with a key, in the order of their ids. */
  listIssued(options: {
    cursor?: string;
    limit: number;
    now: Date;
  }): Promise<{ items: StoredCredential[]; nextCursor?: string }>;

  /**
   * Forgets credentials that ended before a time.
   *
   * @returns how many
   */
  purge(options: { endedBefore: Date }): Promise<number>;
}
