import { screen, within } from '@testing-library/react';
import type { FirstStepsReport } from '@waymark/plugin-golden-paths-common';
import { renderGoldenPaths } from '../__testUtils__/renderGoldenPaths';
import { NewServicesPage } from './NewServicesPage';

const report: FirstStepsReport = {
  totalItems: 2,
  durations: {
    repository: { value: 4_000, p90: 9_000, count: 2, censored: 0 },
    staging: { value: 170_000, count: 2, censored: 1 },
  },
  items: [
    {
      entityRef: 'component:default/orders-api',
      title: 'orders-api',
      ownerRef: 'group:default/ticketing',
      templateRef: 'template:default/node-api',
      taskId: 'task-1',
      requestedBy: 'user:default/joel.hartwig',
      steps: {
        requested: '2026-11-20T10:00:00.000Z',
        repository: '2026-11-20T10:00:04.000Z',
        pipeline: '2026-11-20T10:02:00.000Z',
        catalog: '2026-11-20T10:00:06.000Z',
        artifact: '2026-11-20T10:02:01.000Z',
        staging: '2026-11-20T10:02:50.000Z',
      },
      stuck: {
        step: 'production',
        since: '2026-11-20T10:02:50.000Z',
        reason: 'waiting',
      },
      sample: false,
    },
    {
      title: 'gate-control',
      taskId: 'task-2',
      steps: { requested: '2026-11-19T10:00:00.000Z' },
      stuck: {
        step: 'repository',
        since: '2026-11-19T10:00:05.000Z',
        reason: 'failed',
        message: 'The organization has no room',
        url: '/create/tasks/task-2',
      },
      sample: true,
    },
  ],
};

describe('NewServicesPage', () => {
  it('shows how far each has come, and where it is stuck', async () => {
    renderGoldenPaths({
      element: <NewServicesPage />,
      answer: () => ({ body: report }),
    });
    const list = await screen.findByRole('list', { name: /^New services/ });
    const steps = within(list).getByRole('list', {
      name: 'Steps of orders-api',
    });
    expect(
      within(steps)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'Repository4 s',
      'Pipeline2 min',
      'Artifact2 min 1 s',
      'Staging2 min 50 s',
      'Catalog6 s',
      'Productionwaiting',
    ]);
    expect(
      within(list).getByText(
        /Waiting: Nobody has seen it running in production/,
      ),
    ).toBeVisible();
    expect(within(list).getByText(/Stuck: Repository failed/)).toBeVisible();
    expect(
      within(list).getByText('The organization has no room'),
    ).toBeVisible();
    expect(
      within(list).getByRole('link', { name: 'See what happened' }),
    ).toHaveAttribute('href', '/create/tasks/task-2');

    const durations = screen.getByRole('table', { name: /from the request/ });
    expect(
      within(durations).getByRole('row', { name: /Staging/ }),
    ).toHaveTextContent('Staging2 min 50 sNot yet11');
  });

  it('asks for what its address says', async () => {
    const { requests } = renderGoldenPaths({
      element: <NewServicesPage />,
      address:
        '/?owner=group:default/ticketing&state=stuck&step=pipeline&weeks=52',
      answer: () => ({ body: { items: [], totalItems: 0, durations: {} } }),
    });
    expect(
      await screen.findByText('No new service is like that'),
    ).toBeVisible();
    const [{ query }] = requests.filter(
      ({ path }) => path === '/reports/first-steps',
    );
    expect(Object.fromEntries(query)).toEqual({
      owner: 'group:default/ticketing',
      state: 'stuck',
      step: 'pipeline',
      weeks: '52',
      limit: '20',
    });
  });

  it('leads nowhere that is no address', async () => {
    renderGoldenPaths({
      element: <NewServicesPage />,
      answer: () => ({
        body: {
          ...report,
          items: [
            {
              ...report.items[1],
              stuck: { ...report.items[1].stuck!, url: '//evil.example' },
            },
          ],
        },
      }),
    });
    expect(await screen.findByText(/Repository failed/)).toBeVisible();
    expect(
      screen.queryByRole('link', { name: 'See what happened' }),
    ).not.toBeInTheDocument();
  });
});
