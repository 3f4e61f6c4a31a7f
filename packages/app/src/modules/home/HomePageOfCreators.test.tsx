import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import type { ScaffolderTask } from '@backstage/plugin-scaffolder-react';
import userEvent from '@testing-library/user-event';
import {
  card,
  entity,
  openHome,
  press,
  titles,
} from './__testUtils__/openHome';

import { CreateService } from './widgets/create/CreateService';

beforeEach(() => window.localStorage.clear());

describe('the first steps', () => {
  const CREATED = {
    status: 'completed' as const,
    createdAt: '2024-05-01T10:00:00Z',
    spec: {
      parameters: { name: 'buoys' },
    } as unknown as ScaffolderTask['spec'],
  };
  const after = Date.parse('2024-05-01T11:00:00Z');

  it('are ticked off by what the reader really did, and go away when done', async () => {
    const { unmount, storage } = await openHome({
      mayCreate: true,
      visits: [
        { pathname: '/catalog/default/component/berths', timestamp: after },
        { pathname: '/docs/default/component/berths', timestamp: after },
      ],
      tasks: [CREATED],
    });
    const steps = await card('First steps');
    expect(await within(steps).findByText('3 of 5 done')).toBeInTheDocument();
    expect(
      within(steps).getByRole('progressbar', { name: 'First steps done' }),
    ).toHaveAttribute('value', '3');
    const next = within(steps)
      .getAllByRole('listitem')
      .find(step => step.getAttribute('aria-current') === 'step');
    expect(next).toHaveTextContent('See it in the catalog');
    unmount();

    const second = await openHome({
      mayCreate: true,
      storage,
      visits: [
        { pathname: '/catalog/default/component/buoys', timestamp: after },
      ],
      tasks: [CREATED],
      address: '/?arrange',
    });
    await press('Move Search down');
    await press('Done');
    expect(await screen.findByText(/^All done/)).toBeInTheDocument();
    second.unmount();

    await openHome({ storage, mayCreate: true });
    await waitFor(() => expect(titles()).not.toContain('First steps'));
    await press('Options of this page');
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Show “First steps” again' }),
    );
    expect(await screen.findByText(/^All done/)).toBeInTheDocument();
  });
});

describe('the golden paths on the home page', () => {
  it('say what one gets, and lead to their forms', async () => {
    renderInTestApp(<CreateService />, {
      apis: [
        [
          catalogApiRef,
          catalogApiMock({
            entities: [
              entity('Template', 'lamp', {
                title: 'A lamp for a pier',
                spec: { goldenPath: { for: 'existing' } },
              }),
              entity('Template', 'pier', {
                title: 'A pier',
                spec: { goldenPath: { summary: 'Stands in any sea.' } },
              }),
              ...['quay', 'raft', 'slip', 'tide', 'wharf'].map(name =>
                entity('Template', name, {
                  spec: { goldenPath: { for: 'new' } },
                }),
              ),
            ],
          }),
        ],
      ],
    });
    expect(await screen.findByRole('link', { name: 'A pier' })).toHaveAttribute(
      'href',
      '/create/templates/default/pier',
    );
    expect(screen.getByText('Stands in any sea.')).toBeInTheDocument();
    // Something new comes before a change of what is there
    expect(
      screen.getAllByRole('link').map(({ textContent }) => textContent),
    ).toEqual([
      'A pier',
      'quay',
      'raft',
      'slip',
      'tide',
      'wharf',
      'Compare all 7 golden paths',
    ]);
  });
});
