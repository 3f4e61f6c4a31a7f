import { screen, within } from '@testing-library/react';
import type { Ticket } from '@waymark/plugin-golden-paths-common';
import { renderGoldenPaths } from '../__testUtils__/renderGoldenPaths';
import { AskButton } from './AskButton';
import { SupportPage } from './SupportPage';

const ticket = (more: Partial<Ticket> = {}): Ticket => ({
  id: '3b0e6c4e-3f43-4a6c-9d0e-5f8b9f3d2a11',
  title: 'The form refuses my group',
  text: 'It says **not yours**',
  category: 'access',
  ownerRef: 'group:default/ticketing',
  templateRef: 'template:default/java-service',
  createdAt: '2026-11-20T10:00:00.000Z',
  createdBy: 'user:default/joel',
  sample: false,
  ...more,
});

describe('AskButton', () => {
  it('asks with what is on the page, keeps the text when that fails, and says where it is', async () => {
    let isAway = true;
    const { requests, user } = renderGoldenPaths({
      element: (
        <AskButton
          about={{
            title: 'fares: Publish failed',
            templateRef: 'template:default/java-service',
            taskId: 'run-1',
            step: 'Publish',
          }}
        />
      ),
      address: '/create/tasks/run-1?secret=1',
      answer: () =>
        isAway
          ? {
              status: 503,
              body: {
                error: { name: 'ServiceUnavailableError', message: 'Away' },
              },
            }
          : { status: 201, body: ticket({ url: 'https://tracker.example/7' }) },
    });
    await user.click(
      await screen.findByRole('button', { name: 'Ask the platform team' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(
      within(dialog).getByText(
        'Goes along: golden path java-service, step Publish, the run, and the address of this page.',
      ),
    ).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'Ask' }));
    expect(
      await within(dialog).findByText('Say what you want to know or need.'),
    ).toBeVisible();
    expect(requests).toEqual([]);

    const text = within(dialog).getByRole('textbox', { name: /Your question/ });
    await user.type(text, 'What now?');
    await user.click(within(dialog).getByRole('button', { name: 'Ask' }));
    expect(await within(dialog).findByText(/It was not sent/)).toBeVisible();
    expect(text).toHaveValue('What now?');

    isAway = false;
    await user.click(within(dialog).getByRole('button', { name: 'Ask' }));
    expect(
      await screen.findByRole('link', { name: 'among your questions' }),
    ).toHaveAttribute('href', `/delivery/support?ticket=${ticket().id}`);
    expect(screen.getByRole('link', { name: /issue tracker/ })).toHaveAttribute(
      'href',
      'https://tracker.example/7',
    );
    expect(requests.map(({ body }) => body)).toEqual([
      {
        title: 'fares: Publish failed',
        text: 'What now?',
        category: 'problem',
        templateRef: 'template:default/java-service',
        taskId: 'run-1',
        step: 'Publish',
        page: '/create/tasks/run-1',
        requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
      expect.objectContaining({
        requestId: (requests[0].body as { requestId: string }).requestId,
      }),
    ]);
  });

  it('is not there for those who may not ask', async () => {
    renderGoldenPaths({
      element: (
        <>
          <AskButton about={{}} />
          <p>The page</p>
        </>
      ),
      isAllowed: () => false,
      answer: () => ({ status: 404, body: {} }),
    });
    expect(await screen.findByText('The page')).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});

describe('SupportPage', () => {
  it('lists questions, opens one, and closes it for the platform team', async () => {
    let closedAt: string | undefined;
    const { requests, user } = renderGoldenPaths({
      element: <SupportPage />,
      answer: ({ method, path }) => {
        if (method === 'POST') {
          closedAt = '2026-11-21T10:00:00.000Z';
        }
        return path === '/tickets'
          ? { body: { items: [ticket({ closedAt })], manages: true } }
          : { body: ticket({ closedAt }) };
      },
    });
    await user.click(
      await screen.findByRole('link', { name: 'The form refuses my group' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText('not yours')).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'Done' }));

    await user.click(
      await screen.findByRole('button', {
        name: 'Close: The form refuses my group',
      }),
    );
    expect(
      await screen.findByText('Closed: The form refuses my group'),
    ).toBeVisible();
    const row = await screen.findByRole('row', { name: /refuses my group/ });
    expect(row).toHaveTextContent('Closed');
    expect(within(row).queryByRole('button', { name: /^Close/ })).toBeNull();
    expect(requests.filter(({ method }) => method === 'POST')).toMatchObject([
      { path: `/tickets/${ticket().id}/close` },
    ]);
  });

  it('says where one can ask as long as nothing was', async () => {
    renderGoldenPaths({
      element: <SupportPage />,
      answer: () => ({ body: { items: [], manages: false } }),
    });
    expect(await screen.findByText('Nothing was asked yet')).toBeVisible();
  });
});
