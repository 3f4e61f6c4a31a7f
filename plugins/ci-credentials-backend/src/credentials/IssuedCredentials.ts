import { CreatedCiCredential } from '@waymark/plugin-ci-credentials-common';
import { IssuedCiCredential } from '@waymark/plugin-ci-credentials-node';
import { CiCredentialsConfig } from '../config/CiCredentialsConfig';
import { CredentialStore } from './CredentialStore';
import { normalizeKey } from './normalizeKey';
import { DAY_MS, newCredential } from './newCredential';
import { toCiCredential } from './StoredCredential';

/**
 * Credentials that plugins of this portal issue for what they create.
 *
 * @internal
 */
export class IssuedCredentials {
  constructor(
    private readonly deps: {
      config: CiCredentialsConfig;
      store: CredentialStore;
    },
  ) {}

  async issue(
    request: {
      key: string;
      source: string;
      entityRef: string;
      description?: string;
    },
    issuer: string,
  ): Promise<CreatedCiCredential> {
    const { config, store } = this.deps;
    const now = new Date();
    const { stored, token } = newCredential({
      source: request.source,
      sourceVerified: true,
      entityRefs: [request.entityRef],
      description: request.description ?? '',
      issuedBy: 'golden-path',
      issueKey: normalizeKey(request.key),
      createdBy: issuer,
      now,
      expiresAt: new Date(now.getTime() + config.defaultLifetimeDays * DAY_MS),
    });
    await store.add(stored);
    return { credential: toCiCredential(stored, { now }), token };
  }

  /** @returns the ids of those that this call ended */
  async settle(
    request: { key: string; keep: string; reason?: string },
    issuer: string,
  ): Promise<string[]> {
    return this.deps.store.revokeIssued({
      key: normalizeKey(request.key),
      except: request.keep,
      revocation: {
        at: new Date(),
        by: issuer,
        reason: request.reason ?? `replaced by ${request.keep}`,
      },
    });
  }

  /** @returns the ids of those that this call ended */
  async revoke(
    request: { key: string; reason: string },
    revoker: string,
  ): Promise<string[]> {
    return this.deps.store.revokeIssued({
      key: normalizeKey(request.key),
      revocation: { at: new Date(), by: revoker, reason: request.reason },
    });
  }

  async list(request: {
    cursor?: string;
    limit: number;
  }): Promise<{ items: IssuedCiCredential[]; nextCursor?: string }> {
    const { items, nextCursor } = await this.deps.store.listIssued({
      ...request,
      now: new Date(),
    });
    return {
      items: items.map(item => ({
        id: item.id,
        key: item.issueKey ?? '',
        source: item.source,
        entityRefs: item.entityRefs,
        expiresAt: item.expiresAt,
      })),
      nextCursor,
    };
  }
}
