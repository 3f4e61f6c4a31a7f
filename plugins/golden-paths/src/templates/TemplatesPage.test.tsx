import { screen, within } from '@testing-library/react';
import type { TemplateHealthDetails } from '@waymark/plugin-golden-paths-common';
import { refuse } from '../__testUtils__/fakeBackend';
import { renderGoldenPaths } from '../__testUtils__/renderGoldenPaths';
import { TemplatesPage } from './TemplatesPage';

const health: TemplateHealthDetails = {
  templateRef: 'template:default/node-api',
  title: 'HTTP API in TypeScript',
  runs: 12,
  succeeded: 9,
  failed: 2,
  cancelled: 0,
  running: 1,
  duration: { value: 4_200, p90: 11_000, count: 9 },
  failingStep: { id: 'publish', name: 'Create the repository', count: 2 },
  services: 8,
  behind: 3,
  trend: [
    { week: '2026-11-09', runs: 0, failed: 0 },
    { week: '2026-11-16', runs: 12, failed: 2 },
  ],
  failures: [
    {
      id: 'publish',
      name: 'Create the repository',
      count: 2,
      lastError: 'The name is taken',
      lastTaskId: 'task-9',
    },
  ],
  versions: [
    { version: 'sha256:aaaaaaaaaaaaaaaa', current: true, services: 5 },
    { version: 'sha256:bbbbbbbbbbbbbbbb', current: false, services: 3 },
  ],
  recent: [
    {
      taskId: 'task-9',
      status: 'failed',
      createdBy: 'user:default/joel.hartwig',
      startedAt: '2026-11-20T10:00:00.000Z',
      endedAt: '2026-11-20T10:00:12.000Z',
      failedStep: 'Create the repository',
    },
  ],
};

describe('TemplatesPage', () => {
  it('shows how each golden path does', async () => {
    renderGoldenPaths({
      element: <TemplatesPage />,
      answer: () => ({ body: { items: [health] } }),
    });
    const row = await screen.findByRole('row', { name: /HTTP API/ });
    expect(row).toHaveTextContent('82%9 of 11');
    expect(row).toHaveTextContent('4 s9 of 10 within 11 s');
    expect(row).toHaveTextContent('Create the repository2 times');
    expect(row).toHaveTextContent('83 on an older version');
    expect(within(row).getByRole('link')).toHaveAttribute(
      'href',
      '/?template=template%3Adefault%2Fnode-api',
    );
  });

  it('shows one of them with its failures, versions and runs', async () => {
    const { requests } = renderGoldenPaths({
      element: <TemplatesPage />,
      address: '/?template=template:default/node-api&weeks=4',
      answer: () => ({ body: health }),
    });
    expect(
      await screen.findByRole('heading', { name: 'HTTP API in TypeScript' }),
    ).toBeVisible();
    expect(Object.fromEntries(requests[0].query)).toEqual({
      templateRef: 'template:default/node-api',
      weeks: '4',
    });
    expect(
      within(screen.getByRole('table', { name: 'Where runs fail' })).getByRole(
        'row',
        { name: /Create the repository/ },
      ),
    ).toHaveTextContent('The name is taken');
    expect(
      within(screen.getByRole('table', { name: 'Versions in use' })).getByRole(
        'row',
        { name: /latest/ },
      ),
    ).toHaveTextContent('aaaaaaaaaaaa (latest)5');
    const weeks = within(screen.getByRole('table', { name: 'Runs by week' }));
    expect(weeks.getAllByRole('row')).toHaveLength(2);
    const runs = within(screen.getByRole('grid', { name: 'Last runs' }));
    expect(runs.getByRole('row', { name: /Failed/ })).toHaveTextContent('12 s');
  });

  it('says what is wrong with a golden path that there is not', async () => {
    renderGoldenPaths({
      element: <TemplatesPage />,
      address: '/?template=template:default/nothing',
      answer: () => refuse(404, 'NotFoundError', 'There is no such template'),
    });
    expect(
      await screen.findByText('The golden path cannot be shown'),
    ).toBeVisible();
  });
});
