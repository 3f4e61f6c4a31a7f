/**
 * - `active`: may be used
 * - `expired`: its time is over
 * - `revoked`: somebody or something ended it, whether or not it had expired
 *
 * @public
 */
export type CiCredentialState = 'active' | 'expired' | 'revoked';

/**
 * Who made a credential: a person in the portal, or the golden path for the
 * repository it created.
 *
 * @public
 */
export type CiCredentialIssuer = 'user' | 'golden-path';

/**
 * A credential with which a pipeline speaks for entities of the catalog. It
 * never holds the token, nor what could be made into it.
 *
 * Times are ISO 8601 strings in UTC.
 *
 * @public
 */
export interface CiCredential {
  id: string;
  /** The pipeline that uses it: an address or a name, as the maker wrote it. */
  source: string;
  /**
   * The entities it may speak for, as full entity refs; without those that the
   * reader may not see.
   */
  entityRefs: string[];
  /** How many more entities there are that the reader may not see. */
  hiddenEntities: number;
  description: string;
  /** The beginning of the token, by which its holder recognises it. */
  hint: string;
  createdAt: string;
  /** Entity ref of a person, or the subject of a service. */
  createdBy: string;
  expiresAt: string;
  state: CiCredentialState;
  revokedAt?: string;
  revokedBy?: string;
  revokeReason?: string;
  /** Accurate to a minute; absent while it was never used. */
  lastUsedAt?: string;
  issuedBy: CiCredentialIssuer;
}

/**
 * What the list of credentials is asked for.
 *
 * @public
 */
export interface ListCiCredentialsRequest {
  /** Only those that may speak for this entity. */
  entityRef?: string;
  /** Only those in this state. */
  state?: CiCredentialState;
  /** The `nextCursor` of the page before. */
  cursor?: string;
  /** Items of one page, 1–100. Default: 20. */
  limit?: number;
}

/**
 * One page of credentials, the newest first.
 *
 * @public
 */
export interface CiCredentialPage {
  items: CiCredential[];
  /** How many there are on all pages together. */
  totalItems: number;
  /** Absent on the last page. */
  nextCursor?: string;
}

/**
 * A credential to be made.
 *
 * @public
 */
export interface CreateCiCredentialRequest {
  /** The pipeline that is to use it: an address or a name, 1–200 characters. */
  source: string;
  /** The entities it may speak for, 1–50. All must be in the catalog. */
  entityRefs: string[];
  /** At most 500 characters. */
  description?: string;
  /** ISO 8601. Default: after the default lifetime of the settings. */
  expiresAt?: string;
}

/**
 * A credential that was just made, with its token. The token is in no other
 * answer: whoever loses it makes another credential.
 *
 * @public
 */
export interface CreatedCiCredential {
  credential: CiCredential;
  token: string;
}

/**
 * What a person has to know to set up a pipeline.
 *
 * @public
 */
export interface CiCredentialSettings {
  defaultLifetimeDays: number;
  maxLifetimeDays: number;
  /**
   * Whether there may be entities for which the caller may do this, that is,
   * whether the policy says anything but no. The portal asks before it offers
   * the page: users cannot ask the policy without naming an entity.
   */
  access: { read: boolean; create: boolean; revoke: boolean };
  /** The GitHub hosts whose workflows need no token of ours. */
  github: Array<{ host: string; issuer: string; audience: string }>;
}
