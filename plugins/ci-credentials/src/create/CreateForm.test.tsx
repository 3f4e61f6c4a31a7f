import { screen, waitFor, within } from '@testing-library/react';
import { refuse, type SeenRequest } from '@waymark/frontend-test-support';
import { createCredential } from '../__testUtils__/createCredential';
import { renderCredentials } from '../__testUtils__/renderCredentials';

const TOKEN = 'wmk_ci_c9_0123456789abcdef';

const answerCreate = ({ method, path, body }: SeenRequest) =>
  method === 'POST' && path === '/credentials'
    ? {
        status: 201,
        body: {
          credential: createCredential({
            id: 'c9',
            ...(body as object),
            hint: 'wmk_ci_c9_01',
          }),
          token: TOKEN,
        },
      }
    : undefined;

const findDialog = (name = 'New CI credential') =>
  screen.findByRole('dialog', { name });

describe('a new CI credential', () => {
  it('is made on the page of a component, and its token is shown once', async () => {
    const logged: unknown[] = [];
    for (const method of ['log', 'info', 'debug', 'warn', 'error'] as const) {
      jest
        .spyOn(console, method)
        .mockImplementation((...parts) => logged.push(...parts));
    }
    const { user, requests } = renderCredentials({
      where: 'entity',
      answer: answerCreate,
    });
    await user.click(
      await screen.findByRole('button', { name: 'Create credential' }),
    );
    const dialog = await findDialog();
    expect(within(dialog).getByText('ticket-shop')).toBeVisible();

    await user.type(
      within(dialog).getByRole('textbox', { name: /Source/ }),
      'ticketing/ticket-shop',
    );
    await user.click(within(dialog).getByRole('radio', { name: 'In 30 days' }));
    await user.click(
      within(dialog).getByRole('button', { name: 'Create credential' }),
    );

    const issued = await findDialog('The token of ticketing/ticket-shop');
    expect(issued).toHaveTextContent('You will not see this token again');
    expect(
      within(issued).getByRole('region', { name: 'Token' }),
    ).toHaveTextContent(TOKEN);
    const example = await within(issued).findByRole('region', {
      name: 'Example',
    });
    expect(example).toHaveTextContent('authorization: Bearer $WAYMARK_TOKEN');
    expect(example).toHaveTextContent('http://portal/api/golden-paths/events');
    expect(example).not.toHaveTextContent(TOKEN);

    const { body } = requests.find(({ method }) => method === 'POST')!;
    expect(body).toMatchObject({
      source: 'ticketing/ticket-shop',
      entityRefs: ['component:default/ticket-shop'],
    });
    const days =
      (Date.parse((body as { expiresAt: string }).expiresAt) - Date.now()) /
      (24 * 60 * 60 * 1000);
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThan(30);

    const write = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(
      within(issued).getByRole('button', { name: 'Copy token' }),
    );
    expect(await within(issued).findByText('Copied.')).toBeVisible();
    expect(write).toHaveBeenCalledWith(TOKEN);

    // Neither a stray click nor Escape loses it
    await user.keyboard('{Escape}');
    expect(issued).toBeVisible();
    await user.click(
      within(issued).getByRole('button', { name: 'I have stored the token' }),
    );
    await waitFor(() => expect(issued).not.toBeInTheDocument());

    expect(document.body.innerHTML).not.toContain(TOKEN);
    expect(window.location.href).not.toContain(TOKEN);
    expect(
      JSON.stringify({ ...localStorage, ...sessionStorage }),
    ).not.toContain(TOKEN);
    expect(logged.map(String).join('\n')).not.toContain(TOKEN);
    // The list has been read again
    expect(
      requests.filter(
        ({ path, method }) => `${method} ${path}` === 'GET /credentials',
      ),
    ).toHaveLength(2);
    jest.restoreAllMocks();
  });

  it('says at each field what is missing, before it asks the backend', async () => {
    const { user, requests } = renderCredentials();
    await user.click(
      await screen.findByRole('button', { name: 'Create credential' }),
    );
    const dialog = await findDialog();
    await user.click(within(dialog).getByRole('radio', { name: 'On a day' }));
    await user.click(
      within(dialog).getByRole('button', { name: 'Create credential' }),
    );

    const source = within(dialog).getByRole('textbox', { name: /Source/ });
    await waitFor(() => expect(source).toHaveFocus());
    expect(source).toHaveAccessibleDescription(
      /Say which pipeline this is for\./,
    );
    expect(
      within(dialog).getByRole('combobox', { name: /Components/ }),
    ).toHaveAccessibleDescription(/Choose at least one component\./);
    expect(dialog).toHaveTextContent('Choose a day.');
    expect(requests.some(({ method }) => method === 'POST')).toBe(false);
  });

  it('says at each field what the backend refuses', async () => {
    const { user } = renderCredentials({
      where: 'entity',
      answer: ({ method }) =>
        method === 'POST'
          ? refuse(
              400,
              'InputError',
              'source: must not hold line breaks; expiresAt: is later than allowed; nobody is at home',
            )
          : undefined,
    });
    await user.click(
      await screen.findByRole('button', { name: 'Create credential' }),
    );
    const dialog = await findDialog();
    const source = within(dialog).getByRole('textbox', { name: /Source/ });
    await user.type(source, 'x');
    await user.click(
      within(dialog).getByRole('button', { name: 'Create credential' }),
    );

    await waitFor(() =>
      expect(source).toHaveAccessibleDescription(/must not hold line breaks/),
    );
    expect(source).toBeInvalid();
    expect(
      within(dialog).getByRole('radiogroup', { name: /Expires/ }),
    ).toHaveAccessibleDescription(/is later than allowed/);
    expect(within(dialog).getByText('nobody is at home')).toBeVisible();
    // What was typed is still there
    expect(source).toHaveValue('x');
  });

  it('says what to do when the portal does not answer', async () => {
    const { user } = renderCredentials({
      where: 'entity',
      answer: request => {
        if (request.method === 'POST') {
          throw new TypeError('Failed to fetch');
        }
        return undefined;
      },
    });
    await user.click(
      await screen.findByRole('button', { name: 'Create credential' }),
    );
    const dialog = await findDialog();
    await waitFor(() =>
      expect(
        within(dialog).getByRole('textbox', { name: /Source/ }),
      ).toHaveFocus(),
    );
    await user.keyboard('ticketing/ticket-shop{Enter}');

    expect(
      await within(dialog).findByText(
        'The portal does not answer. Try again in a moment.',
      ),
    ).toBeVisible();
  });

  it('is offered for those components only that the reader may answer for', async () => {
    const { user, requests } = renderCredentials({
      answer: answerCreate,
      isAllowed: (_, entityRef) => entityRef !== 'component:default/departures',
    });
    await user.click(
      await screen.findByRole('button', { name: 'Create credential' }),
    );
    const dialog = await findDialog();
    await user.type(
      within(dialog).getByRole('textbox', { name: /Source/ }),
      'pipeline',
    );
    await user.click(
      within(dialog).getByRole('combobox', { name: /Components/ }),
    );
    await user.keyboard('{ArrowDown}');

    const foreign = await screen.findByRole('option', { name: /departures/ });
    await waitFor(() =>
      expect(
        screen.getByRole('option', { name: /ticket-shop/ }),
      ).not.toHaveAttribute('aria-disabled', 'true'),
    );
    expect(foreign).toHaveAttribute('aria-disabled', 'true');
    await user.click(screen.getByRole('option', { name: /ticket-shop/ }));
    expect(
      await within(dialog).findByRole('row', { name: 'ticket-shop' }),
    ).toBeVisible();

    await user.click(
      within(dialog).getByRole('button', { name: 'Create credential' }),
    );
    await findDialog('The token of pipeline');
    expect(
      requests.find(({ method }) => method === 'POST')?.body,
    ).toMatchObject({ entityRefs: ['component:default/ticket-shop'] });
  });
});
