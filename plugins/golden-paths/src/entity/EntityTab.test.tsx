import { screen, within } from '@testing-library/react';
import type { EntityDelivery } from '@waymark/plugin-golden-paths-common';
import { renderGoldenPaths } from '../__testUtils__/renderGoldenPaths';
import { sampleConfig } from '../__testUtils__/sampleReports';
import { EntityTab } from './EntityTab';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'orders-api', namespace: 'default' },
};

const deployment: EntityDelivery['deployments'][number] = {
  eventId: 'deploy-2',
  eventSource: 'https://argo.example',
  environment: 'production',
  tier: 'production',
  kind: 'upgraded',
  at: '2026-11-20T10:00:00.000Z',
  observed: true,
  artifact: 'pkg:oci/orders-api@1.4.0?repository_url=registry.example',
  revision: '0123456789abcdef',
  leadTime: 3_600_000,
  failed: {
    reason: 'Incident 17',
    at: '2026-11-20T11:00:00.000Z',
    recoveredAt: '2026-11-20T11:30:00.000Z',
  },
  rework: false,
  sample: false,
};

const frequency: EntityDelivery['metrics'][number] = {
  id: 'deployment-frequency',
  count: 0,
  coverage: { withData: 1, inScope: 1 },
  trend: [],
};

const empty: EntityDelivery = {
  entityRef: 'component:default/orders-api',
  environments: [],
  metrics: [],
  deployments: [],
  incidents: [],
  missing: ['service.deployed'],
};

describe('EntityTab', () => {
  it('says what runs where, how it got there, and what came of it', async () => {
    const { requests } = renderGoldenPaths({
      element: <EntityTab />,
      entity,
      address: '/catalog/default/component/orders-api/delivery',
      answer: ({ path }) => ({
        body:
          path === '/metrics'
            ? sampleConfig
            : ({
                ...empty,
                metrics: [
                  { ...frequency, value: 2, count: 4 },
                  { ...frequency, id: 'change-lead-time', count: 0 },
                  // Of the platform's, not of one service
                  { ...frequency, id: 'support-load', value: 1, count: 1 },
                ],
                environments: [deployment],
                deployments: [deployment],
                incidents: [
                  {
                    id: '17',
                    title: 'Orders are lost',
                    detectedAt: '2026-11-20T11:00:00.000Z',
                    resolvedAt: '2026-11-20T11:30:00.000Z',
                    environment: 'production',
                    deployment: {
                      eventId: 'deploy-2',
                      eventSource: 'https://argo.example',
                      link: 'window',
                    },
                  },
                ],
                provenance: {
                  templateRef: 'template:default/node-api',
                  version: 'sha256:a',
                  latestVersion: 'sha256:b',
                  verified: true,
                  conformant: false,
                  checkedAt: '2026-11-20T10:00:00.000Z',
                  problems: [{ path: 'ci/test', message: 'has been changed' }],
                  deviations: [],
                },
                missing: ['change.merged'],
              } satisfies EntityDelivery),
      }),
    });
    const metrics = await screen.findByRole('region', { name: 'Its metrics' });
    expect(
      within(metrics).getByRole('link', { name: /Deployment frequency/ }),
    ).toHaveAttribute(
      'href',
      '/delivery/overview/deployment-frequency?entityRef=component%3Adefault%2Forders-api',
    );
    expect(metrics).toHaveTextContent('No data yet: Change lead time.');
    expect(metrics).not.toHaveTextContent('support');
    const now = await screen.findByRole('list', { name: 'What runs where' });
    expect(now).toHaveTextContent('production1.4.0Upgraded');
    expect(now).toHaveTextContent('Seen running');
    expect(screen.getByText('Never reported: change merged')).toBeVisible();

    const row = within(
      screen.getByRole('grid', { name: /^Deployments/ }),
    ).getByRole('row', { name: /1\.4\.0/ });
    expect(row).toHaveTextContent('1 h');
    expect(row).toHaveTextContent('Incident 17, recovered after 30 min');
    expect(
      within(row).getByRole('link', { name: /^Event of/ }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining('/delivery/events?entityRef='),
    );
    const incident = within(
      screen.getByRole('grid', { name: /^Incidents/ }),
    ).getByRole('row', { name: /Orders are lost/ });
    expect(incident).toHaveTextContent('30 min1.4.0The last one before it');

    expect(screen.getByText('Origin verified')).toBeVisible();
    expect(screen.getByText('Does not conform')).toBeVisible();
    expect(screen.getByText('There is a newer version')).toBeVisible();
    expect(screen.getByText('has been changed')).toBeVisible();
    expect(requests[0].path).toBe(
      '/entities/component/default/orders-api/delivery',
    );
  });

  it('says how it is filled while nothing was reported', async () => {
    renderGoldenPaths({
      element: <EntityTab />,
      entity,
      address: '/catalog/default/component/orders-api/delivery',
      config: { goldenPaths: { docs: '/docs/delivery' } },
      answer: () => ({ body: empty }),
    });
    expect(await screen.findByText('Nothing was reported yet')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'How to send events' }),
    ).toHaveAttribute('href', '/docs/delivery');
  });
});
