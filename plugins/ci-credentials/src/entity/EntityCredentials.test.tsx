import { screen } from '@testing-library/react';
import { createCredential } from '../__testUtils__/createCredential';
import { renderCredentials } from '../__testUtils__/renderCredentials';

describe('the CI access of a component', () => {
  it('is the list of its credentials', async () => {
    const { requests } = renderCredentials({
      where: 'entity',
      credentials: [
        createCredential(),
        createCredential({
          id: 'c2',
          source: 'elsewhere',
          entityRefs: ['component:default/departures'],
        }),
      ],
    });

    expect(await screen.findByRole('row', { name: /ticketing/ })).toBeVisible();
    expect(screen.queryByRole('row', { name: /elsewhere/ })).toBeNull();
    expect(
      screen.queryByRole('columnheader', { name: 'Speaks for' }),
    ).toBeNull();
    expect(requests.at(-1)?.query.get('entityRef')).toBe(
      'component:default/ticket-shop',
    );
  });

  it('is closed to those who may not read it, and says whom to ask', async () => {
    const { requests } = renderCredentials({
      where: 'entity',
      isAllowed: () => false,
    });

    expect(
      await screen.findByText(
        'You may not see the CI credentials of this component',
      ),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'Platform' })).toBeVisible();
    expect(requests.map(({ path }) => path)).not.toContain('/credentials');
  });
});
