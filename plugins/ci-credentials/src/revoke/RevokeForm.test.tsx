import { screen, waitFor, within } from '@testing-library/react';
import { refuse } from '@waymark/frontend-test-support';
import { createCredential } from '../__testUtils__/createCredential';
import { renderCredentials } from '../__testUtils__/renderCredentials';

const findDialog = () =>
  screen.findByRole('dialog', { name: 'Revoke this credential?' });
const isRevocation = ({ path }: { path: string }) =>
  path === '/credentials/c1/revoke';

describe('revoking a CI credential', () => {
  it('says what will stop, and shows at once that it has', async () => {
    const credential = createCredential();
    const { user, requests } = renderCredentials({
      credentials: [credential],
      answer: request =>
        isRevocation(request)
          ? {
              body: {
                ...credential,
                state: 'revoked',
                revokedAt: new Date().toISOString(),
                revokedBy: 'user:default/maren.osei',
                revokeReason: 'Was in a log',
              },
            }
          : undefined,
    });
    const open = await screen.findByRole('button', {
      name: 'Revoke ticketing/ticket-shop',
    });
    await user.click(open);
    const dialog = await findDialog();
    expect(dialog).toHaveTextContent('whatever “ticketing/ticket-shop” sends');
    expect(dialog).toHaveTextContent('wmk_ci_c1_9f');
    expect(
      within(dialog).getByRole('link', { name: /ticket-shop/ }),
    ).toBeVisible();

    await user.click(within(dialog).getByRole('button', { name: 'Keep it' }));
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(requests.some(isRevocation)).toBe(false);

    await user.click(open);
    const again = await findDialog();
    await user.type(
      within(again).getByRole('textbox', { name: /Reason/ }),
      ' Was in a log ',
    );
    await user.click(within(again).getByRole('button', { name: 'Revoke' }));

    const row = await screen.findByRole('row', { name: /ticket-shop/ });
    await waitFor(() => expect(row).toHaveTextContent('Revoked'));
    expect(row).toHaveTextContent('Was in a log');
    expect(requests.find(isRevocation)?.body).toEqual({
      reason: 'Was in a log',
    });
    expect(screen.queryByRole('button', { name: /^Revoke / })).toBeNull();
  });

  it('says when it was refused', async () => {
    const { user } = renderCredentials({
      credentials: [createCredential()],
      answer: request =>
        isRevocation(request)
          ? refuse(403, 'NotAllowedError', 'Not your component')
          : undefined,
    });
    await user.click(
      await screen.findByRole('button', {
        name: 'Revoke ticketing/ticket-shop',
      }),
    );
    const dialog = await findDialog();
    await user.click(within(dialog).getByRole('button', { name: 'Revoke' }));

    expect(
      await within(dialog).findByText('It is not revoked: Not your component'),
    ).toBeVisible();
  });
});
