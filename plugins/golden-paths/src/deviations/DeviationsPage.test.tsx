import { screen, within } from '@testing-library/react';
import type { Deviation } from '@waymark/plugin-golden-paths-common';
import { refuse } from '@waymark/frontend-test-support';
import { renderGoldenPaths } from '../__testUtils__/renderGoldenPaths';
import { DeviationsPage } from './DeviationsPage';

const deviation = (more: Partial<Deviation> = {}): Deviation => ({
  id: 'd-1',
  entityRef: 'component:default/orders-api',
  entityTitle: 'Orders',
  ownerRef: 'group:default/ticketing',
  templateRef: 'template:default/node-api',
  path: 'Dockerfile',
  kind: 'changed',
  reason: 'Needs a native library',
  state: 'requested',
  since: '2026-11-01T10:00:00.000Z',
  ...more,
});

describe('DeviationsPage', () => {
  it('lets one approve with an end and deny with a reason', async () => {
    let state: Deviation['state'] = 'requested';
    const { requests, user } = renderGoldenPaths({
      element: <DeviationsPage />,
      answer: ({ method, path }) => {
        if (method === 'POST') {
          state = path.endsWith('approve') ? 'approved' : 'denied';
          return { body: deviation({ state }) };
        }
        return { body: { items: [deviation({ state })], totalItems: 1 } };
      },
    });
    expect(
      await screen.findByText('One deviation waits for a decision'),
    ).toBeVisible();
    const row = await screen.findByRole('row', { name: /Orders/ });
    expect(row).toHaveTextContent('DockerfileChangedNeeds a native library');
    expect(row).toHaveTextContent('To be decided');

    await user.click(within(row).getByRole('button', { name: /^Deny/ }));
    const denial = await screen.findByRole('dialog');
    await user.click(within(denial).getByRole('button', { name: 'Deny' }));
    expect(
      within(denial).getByText('Say why: the owner of the service reads it.'),
    ).toBeVisible();
    expect(requests.some(({ method }) => method === 'POST')).toBe(false);
    await user.type(
      within(denial).getByRole('textbox', { name: 'Comment' }),
      'Use the layer instead',
    );
    await user.click(within(denial).getByRole('button', { name: 'Deny' }));
    expect(
      await screen.findByText('Denied: Orders has changed Dockerfile'),
    ).toBeVisible();
    expect(requests.find(({ method }) => method === 'POST')).toMatchObject({
      path: '/deviations/d-1/deny',
      body: { comment: 'Use the layer instead' },
    });

    expect(
      await screen.findByRole('row', { name: /Orders/ }),
    ).toHaveTextContent('Denied');
    await user.click(screen.getByRole('button', { name: /^Approve/ }));
    const approval = await screen.findByRole('dialog');
    await user.click(within(approval).getByRole('button', { name: 'Approve' }));
    expect(
      await screen.findByText('Approved: Orders has changed Dockerfile'),
    ).toBeVisible();
    const sent = requests.filter(({ method }) => method === 'POST').at(-1)!;
    expect(sent.path).toBe('/deviations/d-1/approve');
    const { expiresAt } = sent.body as { expiresAt: string };
    expect(new Date(expiresAt).getTime()).toBeGreaterThan(Date.now());
  });

  it('keeps what was typed when the backend refuses', async () => {
    const { user } = renderGoldenPaths({
      element: <DeviationsPage />,
      answer: ({ method }) =>
        method === 'POST'
          ? refuse(409, 'ConflictError', 'Somebody else has decided')
          : { body: { items: [deviation()], totalItems: 1 } },
    });
    await user.click(await screen.findByRole('button', { name: /^Deny/ }));
    const dialog = await screen.findByRole('dialog');
    const comment = within(dialog).getByRole('textbox', { name: 'Comment' });
    await user.type(comment, 'No');
    await user.click(within(dialog).getByRole('button', { name: 'Deny' }));
    expect(
      await within(dialog).findByText(/Nothing was decided/),
    ).toBeVisible();
    expect(comment).toHaveValue('No');
  });

  it('offers no decision to others, and shows those of one service', async () => {
    const markup = '<b>Bold</b> =1+1 שלום';
    const { requests } = renderGoldenPaths({
      element: <DeviationsPage />,
      address: '/?service=component:default/orders-api',
      isAllowed: name => name !== 'golden-paths.deviation.decide',
      answer: ({ query }) => ({
        body: {
          items: query.get('state')
            ? []
            : [
                deviation({
                  kind: 'left-out',
                  path: 'part:docs',
                  part: 'docs',
                  partTitle: 'Documentation',
                  reason: markup,
                  state: 'denied',
                  decidedBy: 'user:default/adaeze',
                }),
                // Of a path that has no such part any longer
                deviation({ id: 'd-2', kind: 'left-out', part: 'wiki' }),
              ],
          totalItems: 2,
        },
      }),
    });
    const [row, other] = await screen.findAllByRole('row', { name: /Orders/ });
    expect(row).toHaveTextContent(
      `DocumentationPart, left out from the start${markup}`,
    );
    expect(row).toHaveTextContent('by adaeze');
    expect(other).toHaveTextContent('wiki');
    expect(requests[0].query.get('entityRef')).toBe(
      'component:default/orders-api',
    );
    expect(screen.queryByText(/waits? for a decision/)).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^Approve/ }),
    ).not.toBeInTheDocument();
  });

  it('says what stands here when there is none', async () => {
    renderGoldenPaths({
      element: <DeviationsPage />,
      address: '/?state=expired',
      answer: () => ({ body: { items: [], totalItems: 0 } }),
    });
    expect(await screen.findByText('No deviation is like that')).toBeVisible();
  });
});
