export const ARGOCD_SECRET = 'a-secret-of-argocd-in-the-tests';

/** What our template of notifications sends; see docs/delivery.md. */
export function notification(
  options: {
    status?: string;
    sync?: string;
    at?: string;
    /** Of each deployment, the oldest first. */
    revisions?: string[];
    changes?: Record<string, unknown>;
  } = {},
) {
  const {
    status = 'Healthy',
    sync = 'Synced',
    at = '2026-10-05T09:00:00Z',
    revisions = ['a1'],
    changes,
  } = options;
  return {
    server: 'https://argocd.kestrelvale.example',
    application: {
      name: 'fares-production',
      namespace: 'argocd',
      uid: '7a1e1c1e-0000-4000-8000-000000000001',
      labels: { environment: 'production' },
    },
    destination: { namespace: 'fares' },
    health: { status, message: null, lastTransitionTime: at },
    sync: { status: sync, revision: revisions[revisions.length - 1] },
    operation: {
      phase: 'Succeeded',
      message: 'successfully synced (all tasks run)',
      finishedAt: '2026-10-05T08:59:00Z',
    },
    reconciledAt: '2026-10-05T09:00:05Z',
    history: revisions.map((revision, index) => ({
      id: index,
      revision,
      deployedAt: '2026-10-05T08:59:00Z',
    })),
    images: [
      'registry.example/proxy:1.2.3',
      'registry.example/rail/fares:main-4f2c1a9',
    ],
    ...changes,
  };
}
