import { CiCredentialIssuer } from '@waymark/plugin-ci-credentials-common';
import { StoredCredential } from '../credentials/StoredCredential';

/** @internal */
export const CREDENTIALS = 'ci_credentials';

/** @internal */
export const ENTITIES = 'ci_credential_entities';

/** @internal */
export interface CredentialRow {
  id: string;
  secret_hash: string;
  source: string;
  // A number on SQLite
  source_verified: boolean | number;
  description: string;
  issued_by: CiCredentialIssuer;
  issue_key: string | null;
  created_at: string;
  created_by: string;
  expires_at: string;
  revoked_at: string | null;
  revoked_by: string | null;
  revoke_reason: string | null;
  last_used_at: string | null;
}

/** @internal */
export interface EntityRow {
  credential_id: string;
  entity_ref: string;
}

/** @internal */
export function toRow(credential: StoredCredential): CredentialRow {
  return {
    id: credential.id,
    secret_hash: credential.secretHash,
    source: credential.source,
    source_verified: credential.sourceVerified,
    description: credential.description,
    issued_by: credential.issuedBy,
    issue_key: credential.issueKey ?? null,
    created_at: credential.createdAt,
    created_by: credential.createdBy,
    expires_at: credential.expiresAt,
    revoked_at: credential.revokedAt ?? null,
    revoked_by: credential.revokedBy ?? null,
    revoke_reason: credential.revokeReason ?? null,
    last_used_at: credential.lastUsedAt ?? null,
  };
}

/** @internal */
export function fromRow(
  row: CredentialRow,
  entityRefs: string[],
): StoredCredential {
  return {
    id: row.id,
    secretHash: row.secret_hash,
    source: row.source,
    sourceVerified: Boolean(row.source_verified),
    description: row.description,
    entityRefs,
    issuedBy: row.issued_by,
    issueKey: row.issue_key ?? undefined,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at ?? undefined,
    revokedBy: row.revoked_by ?? undefined,
    revokeReason: row.revoke_reason ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
  };
}
