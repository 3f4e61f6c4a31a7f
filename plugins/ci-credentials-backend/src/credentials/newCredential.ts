import { CiToken } from '../tokens/CiToken';
import { StoredCredential } from './StoredCredential';

/**
 * A credential to be stored, and its token to be shown once.
 *
 * @internal
 */
export function newCredential(
  properties: Pick<
    StoredCredential,
    | 'source'
    | 'sourceVerified'
    | 'entityRefs'
    | 'description'
    | 'issuedBy'
    | 'issueKey'
    | 'createdBy'
  > & { now: Date; expiresAt: Date },
): { stored: StoredCredential; token: string } {
  const { now, expiresAt, ...rest } = properties;
  const token = CiToken.generate();
  return {
    stored: {
      ...rest,
      id: token.id,
      secretHash: token.secretHash,
      createdAt: now.toISOString(),
      expiresAt: expiresAt.toISOString(),
    },
    token: token.reveal(),
  };
}

/** @internal */
export const DAY_MS = 24 * 60 * 60 * 1000;
