import { screen, waitFor, within } from '@testing-library/react';
import { refuse } from '@waymark/frontend-test-support';
import { createCredential } from '../__testUtils__/createCredential';
import { renderCredentials } from '../__testUtils__/renderCredentials';

const findTable = () => screen.findByRole('grid', { name: 'CI credentials' });
const inDays = (days: number) =>
  new Date(Date.now() + days * 24 * 60 * 60 * 1000 + 60_000).toISOString();

describe('the page of CI credentials', () => {
  it('says of each credential whose it is, what it is worth and until when', async () => {
    renderCredentials({
      credentials: [
        createCredential({ expiresAt: inDays(5) }),
        createCredential({
          id: 'c2',
          source: 'ticketing/old',
          state: 'revoked',
          revokedBy: 'user:default/helena.strand',
          revokedAt: inDays(-2),
          revokeReason: 'Was in a log',
          issuedBy: 'golden-path',
          lastUsedAt: inDays(-3),
          hiddenEntities: 2,
        }),
        createCredential({ id: 'c3', source: 'x', state: 'expired' }),
      ],
    });
    const shop = await screen.findByRole('row', { name: /ticket-shop/ });

    expect(shop).toHaveTextContent('Active');
    expect(shop).toHaveTextContent('in 5 days');
    expect(shop).toHaveTextContent('Expires soon');
    expect(shop).toHaveTextContent('Never');
    expect(shop).toHaveTextContent('wmk_ci_c1_9f');
    expect(
      within(shop).getByRole('link', { name: /ticket-shop/ }),
    ).toHaveAttribute('href', '/catalog/default/component/ticket-shop');
    expect(
      within(shop).getByRole('link', { name: /maren.osei/ }),
    ).toBeVisible();

    const old = screen.getByRole('row', { name: /ticketing\/old/ });
    expect(old).toHaveTextContent('Revoked');
    expect(old).toHaveTextContent('Was in a log');
    expect(old).toHaveTextContent('by the golden path');
    expect(old).toHaveTextContent('2 days ago');
    expect(old).toHaveTextContent('and 2 more that you may not see');
    expect(old).not.toHaveTextContent('Expires soon');
    // Only what is in force can be revoked
    expect(
      await screen.findAllByRole('button', { name: /^Revoke / }),
    ).toHaveLength(1);
  });

  it('is narrowed by state, which the address keeps', async () => {
    const { user, requests } = renderCredentials({
      address: '/ci-credentials?state=revoked',
      credentials: [
        createCredential(),
        createCredential({ id: 'c2', source: 'gone', state: 'revoked' }),
      ],
    });
    expect(await screen.findByRole('row', { name: /gone/ })).toBeVisible();
    expect(screen.queryByRole('row', { name: /ticket-shop/ })).toBeNull();

    await user.click(screen.getByRole('radio', { name: 'Active' }));
    expect(
      await screen.findByRole('row', { name: /ticket-shop/ }),
    ).toBeVisible();
    expect(requests.at(-1)?.query.get('state')).toBe('active');

    await user.click(screen.getByRole('radio', { name: 'Expired' }));
    expect(
      await screen.findByText('No credential is like that.'),
    ).toBeVisible();
  });

  it('is narrowed to an entity by a link, until that is taken away', async () => {
    const { user, requests } = renderCredentials({
      address: '/ci-credentials?entity=component:default/departures',
      credentials: [createCredential()],
    });
    expect(
      await screen.findByText('No credential is like that.'),
    ).toBeVisible();
    expect(requests.at(-1)?.query.get('entityRef')).toBe(
      'component:default/departures',
    );

    await user.click(screen.getByRole('button', { name: /Remove/ }));
    expect(
      await screen.findByRole('row', { name: /ticket-shop/ }),
    ).toBeVisible();
  });

  it('turns pages by the cursor of the backend', async () => {
    const { user } = renderCredentials({
      pageSize: 1,
      credentials: [
        createCredential({ source: 'first' }),
        createCredential({ id: 'c2', source: 'second' }),
      ],
    });
    expect(await screen.findByRole('row', { name: /first/ })).toBeVisible();
    expect(screen.getByText('2 credentials')).toBeVisible();

    await user.click(screen.getByRole('button', { name: /next/i }));
    expect(await screen.findByRole('row', { name: /second/ })).toBeVisible();
    await user.click(screen.getByRole('button', { name: /previous/i }));
    expect(await screen.findByRole('row', { name: /first/ })).toBeVisible();
  });

  it('says what a credential is when there is none', async () => {
    renderCredentials();

    expect(
      await screen.findByRole('heading', { name: 'No CI credentials yet' }),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Create credential' }),
    ).toBeVisible();
  });

  it('offers an auditor the list and nothing else', async () => {
    renderCredentials({
      credentials: [createCredential()],
      access: { create: false, revoke: false },
      isAllowed: permission => permission.endsWith('.read'),
    });
    const table = await findTable();
    await within(table).findByRole('row', { name: /ticket-shop/ });

    expect(screen.queryByRole('button', { name: /Create/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /Revoke/ })).toBeNull();
    expect(screen.queryByRole('columnheader', { name: 'Actions' })).toBeNull();
  });

  it('offers to revoke only where every entity allows it', async () => {
    renderCredentials({
      credentials: [
        createCredential({ source: 'own' }),
        createCredential({
          id: 'c2',
          source: 'shared',
          entityRefs: [
            'component:default/ticket-shop',
            'component:default/departures',
          ],
        }),
        createCredential({ id: 'c3', source: 'partly', hiddenEntities: 1 }),
      ],
      isAllowed: (_, entityRef) =>
        entityRef === 'component:default/ticket-shop',
    });

    expect(
      await screen.findByRole('button', { name: 'Revoke own' }),
    ).toBeVisible();
    expect(screen.getAllByRole('button', { name: /^Revoke / })).toHaveLength(1);
  });

  it('says to whom it is closed what is missing and whom to ask', async () => {
    const { requests } = renderCredentials({ access: { read: false } });

    expect(
      await screen.findByText('You may not see CI credentials'),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'Platform' })).toHaveAttribute(
      'href',
      '/catalog/default/group/platform',
    );
    expect(requests.map(({ path }) => path)).not.toContain('/credentials');
  });

  it('can be tried again after an error', async () => {
    let isDown = true;
    const { user } = renderCredentials({
      credentials: [createCredential()],
      answer: ({ path }) =>
        isDown && path === '/credentials'
          ? refuse(503, 'ServiceUnavailableError', 'The database is away')
          : undefined,
    });
    const problem = await screen.findByRole('alert');
    expect(problem).toHaveTextContent('The credentials could not be read');
    expect(problem).toHaveTextContent('The database is away');

    isDown = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('row', { name: /ticket-shop/ }),
    ).toBeVisible();
    await waitFor(() => expect(problem).not.toBeInTheDocument());
  });

  it('says what to do when the sign-in has ended', async () => {
    renderCredentials({
      answer: ({ path }) =>
        path === '/credentials'
          ? refuse(401, 'AuthenticationError', 'Failed user token verification')
          : undefined,
    });
    expect(
      await screen.findByText(
        'Your sign-in has ended. Reload the page to sign in again.',
      ),
    ).toBeVisible();
  });

  it('tells workflows on GitHub how to do without a token', async () => {
    const { user } = renderCredentials({
      settings: {
        github: [
          {
            host: 'github.com',
            issuer: 'https://token.actions.githubusercontent.com',
            audience: 'https://portal.kestrelvale.example',
          },
        ],
      },
    });
    await user.click(
      await screen.findByRole('button', {
        name: 'GitHub Actions need no token',
      }),
    );

    const workflow = await screen.findByRole('region', {
      name: 'Workflow for github.com',
    });
    expect(workflow).toHaveTextContent('id-token: write');
    expect(workflow).toHaveTextContent(
      'AUDIENCE: "https://portal.kestrelvale.example"',
    );
    expect(workflow).toHaveTextContent('http://portal/api/golden-paths/events');
  });
});
