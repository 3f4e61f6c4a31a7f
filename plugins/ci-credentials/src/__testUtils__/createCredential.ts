import type { CiCredential } from '@waymark/plugin-ci-credentials-common';

/** A credential of the ticket shop, changed as needed. */
export function createCredential(
  changes: Partial<CiCredential> = {},
): CiCredential {
  return {
    id: 'c1',
    source: 'ticketing/ticket-shop',
    entityRefs: ['component:default/ticket-shop'],
    hiddenEntities: 0,
    description: 'Reports its deployments',
    hint: 'wmk_ci_c1_9f',
    createdAt: '2026-01-05T09:30:00.000Z',
    createdBy: 'user:default/maren.osei',
    expiresAt: '2099-01-05T09:30:00.000Z',
    state: 'active',
    issuedBy: 'user',
    ...changes,
  };
}
