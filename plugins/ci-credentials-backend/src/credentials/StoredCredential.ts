import {
  CiCredential,
  CiCredentialIssuer,
  CiCredentialState,
} from '@waymark/plugin-ci-credentials-common';
import { CiToken } from '../tokens/CiToken';

/**
 * A credential as it is kept. Times are ISO 8601 strings in UTC.
 *
 * @internal
 */
export interface StoredCredential {
  id: string;
  secretHash: string;
  source: string;
  /** Whether who made it may make credentials for all entities. */
  sourceVerified: boolean;
  description: string;
  /** In alphabetical order. */
  entityRefs: string[];
  issuedBy: CiCredentialIssuer;
  issueKey?: string;
  createdAt: string;
  createdBy: string;
  expiresAt: string;
  revokedAt?: string;
  revokedBy?: string;
  revokeReason?: string;
  lastUsedAt?: string;
}

/** @internal */
export function stateOf(
  credential: StoredCredential,
  now: Date,
): CiCredentialState {
  if (credential.revokedAt !== undefined) {
    return 'revoked';
  }
  return credential.expiresAt <= now.toISOString() ? 'expired' : 'active';
}

/**
 * A credential as others see it. Names each field, so that what is added to the
 * stored one does not get out by itself.
 *
 * @param options - `visible`: the entities the reader may see; all when absent
 * @internal
 */
export function toCiCredential(
  credential: StoredCredential,
  options: { now: Date; visible?: Set<string> },
): CiCredential {
  const { now, visible } = options;
  const entityRefs = credential.entityRefs.filter(
    ref => !visible || visible.has(ref),
  );
  return {
    id: credential.id,
    source: credential.source,
    entityRefs,
    hiddenEntities: credential.entityRefs.length - entityRefs.length,
    description: credential.description,
    hint: CiToken.hint(credential.id),
    createdAt: credential.createdAt,
    createdBy: credential.createdBy,
    expiresAt: credential.expiresAt,
    state: stateOf(credential, now),
    revokedAt: credential.revokedAt,
    revokedBy: credential.revokedBy,
    revokeReason: credential.revokeReason,
    lastUsedAt: credential.lastUsedAt,
    issuedBy: credential.issuedBy,
  };
}

/**
 * Why a credential cannot be used; undefined when it can.
 *
 * @internal
 */
export function describeEnd(
  credential: StoredCredential,
  now: Date,
): string | undefined {
  switch (stateOf(credential, now)) {
    case 'revoked':
      return `This CI credential was revoked on ${credential.revokedAt}${
        credential.revokeReason ? `: ${credential.revokeReason}` : ''
      }`;
    case 'expired':
      return `This CI credential expired on ${credential.expiresAt}`;
    default:
      return undefined;
  }
}
