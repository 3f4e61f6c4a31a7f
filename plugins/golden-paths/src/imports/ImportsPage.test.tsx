import { screen, within } from '@testing-library/react';
import type { HistoryImport } from '@waymark/plugin-golden-paths-common';
import { renderGoldenPaths } from '../__testUtils__/renderGoldenPaths';
import { ImportsPage } from './ImportsPage';

const one = (more: Partial<HistoryImport> = {}): HistoryImport => ({
  id: '6d1c54c5-8a8e-4f7a-9a62-0a2e6f7b6c10',
  kind: 'csv',
  state: 'succeeded',
  observed: true,
  startedBy: 'user:default/adaeze',
  startedAt: '2026-11-20T10:00:00.000Z',
  read: 3,
  accepted: 1,
  duplicates: 1,
  refused: 1,
  problems: [{ line: 4, message: 'time: has to be a time with a zone' }],
  ...more,
});

describe('ImportsPage', () => {
  it('imports a file, and shows line by line what was refused', async () => {
    const { requests, user } = renderGoldenPaths({
      element: <ImportsPage />,
      answer: ({ method }) => ({
        body: method === 'POST' ? one() : { items: [one()] },
      }),
    });
    await user.click(
      await screen.findByRole('checkbox', { name: /comes from a system/ }),
    );
    await user.upload(
      screen.getByLabelText('A file of deployments'),
      Object.assign(new File([], 'history.csv', { type: 'text/csv' }), {
        // Not there in jsdom
        text: async () => '"time,entity"',
      }),
    );
    expect(
      await screen.findByText('1 taken, 1 known before, 1 refused'),
    ).toBeVisible();
    const row = await screen.findByRole('row', { name: /Line 4/ });
    expect(row).toHaveTextContent('time: has to be a time with a zone');
    const sent = requests.find(({ method }) => method === 'POST');
    expect(sent?.path).toBe('/imports/csv');
    expect(sent?.query.get('observed')).toBe('true');

    await user.click(screen.getByRole('button', { name: '1 refused' }));
    expect(
      await within(await screen.findByRole('dialog')).findByText('Line 4'),
    ).toBeVisible();
  });

  it('begins to read GitHub', async () => {
    const { requests, user } = renderGoldenPaths({
      element: <ImportsPage />,
      answer: ({ method }) =>
        method === 'POST'
          ? { status: 202, body: one({ kind: 'github', state: 'running' }) }
          : { body: { items: [] } },
    });
    expect(await screen.findByText('Nothing was imported yet')).toBeVisible();
    await user.type(
      screen.getByRole('textbox', { name: /Repositories/ }),
      'kestrelvale-rail/fares',
    );
    await user.click(
      screen.getByRole('button', { name: 'Import from GitHub' }),
    );
    await screen.findByText('Nothing was imported yet');
    expect(requests.find(({ method }) => method === 'POST')?.body).toEqual({
      repositories: ['kestrelvale-rail/fares'],
      months: 12,
      observed: true,
    });
  });

  it('sends those who may not import to the platform team', async () => {
    renderGoldenPaths({
      element: <ImportsPage />,
      isAllowed: () => false,
      answer: () => ({ status: 403, body: {} }),
    });
    expect(
      await screen.findByText('Imports are for the platform team'),
    ).toBeVisible();
  });
});
