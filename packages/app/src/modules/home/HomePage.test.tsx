import { mockApis } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { card, openHome, press, rows, titles } from './__testUtils__/openHome';

beforeEach(() => window.localStorage.clear());

describe('the home page', () => {
  it('shows what the reader’s group owns, with ways into the catalog', async () => {
    await openHome();
    const owned = await card('What my team owns');
    const components = await within(owned).findByRole('region', {
      name: 'Components of Harbour',
    });
    expect(
      within(components).getByRole('link', { name: 'Components: 2' }),
    ).toHaveAttribute(
      'href',
      '/catalog?filters%5Bkind%5D=component&filters%5Buser%5D=all&filters%5Bowners%5D%5B0%5D=group%3Adefault%2Fharbour',
    );
    expect(
      within(components).getByText('1 production, 1 experimental'),
    ).toBeInTheDocument();
    expect(
      within(components).getByRole('link', { name: 'Berths' }),
    ).toHaveAttribute('href', '/catalog/default/component/berths');
    expect(
      within(owned).getByRole('link', { name: 'Harbour' }),
    ).toHaveAttribute('href', '/catalog/default/group/harbour');
    // What a plugin adds follows what the portal brings
    expect(titles()).toEqual([
      'First steps',
      'What my team owns',
      'Recently visited',
      'Starred',
      'Tides',
    ]);
    expect(await screen.findByText('High at noon')).toBeInTheDocument();
  });

  it('shows the groups below to those who lead them', async () => {
    await openHome({ groups: ['port'] });
    const port = await screen.findByRole('region', { name: 'Harbour' });
    expect(
      within(port).getByRole('link', { name: '2 components of Harbour' }),
    ).toBeInTheDocument();
  });

  it('says what to do to those who own nothing, have no group or no catalog', async () => {
    const { unmount } = await openHome({ groups: ['auditors'] });
    expect(
      await screen.findByText(/owns nothing in the catalog/),
    ).toHaveTextContent('Auditors owns nothing');
    unmount();
    await openHome({ groups: [], entities: [] });
    expect(
      await screen.findByRole('heading', { name: 'You are in no group yet' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', { name: 'No stars yet' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'Browse the catalog' }),
    ).toHaveAttribute('href', '/catalog');
  });

  it('lists what was visited last, each once, and what is starred', async () => {
    await openHome({
      visits: [
        { pathname: '/catalog/default/component/berths', timestamp: 1 },
        { pathname: '/catalog/default/component/berths/api', timestamp: 5 },
        { pathname: '/docs/default/component/buoys/how-to', timestamp: 4 },
        { pathname: '/catalog/default/component/sunk', timestamp: 3 },
        { pathname: '/catalog', timestamp: 2 },
      ],
      starred: ['component:default/buoys', 'component:default/sunk'],
    });
    await within(await card('Recently visited')).findByRole('list');
    expect(rows('Recently visited')).toEqual(['Berths', 'Buoys']);

    const starred = await card('Starred');
    expect(
      await within(starred).findByText('component, no longer in the catalog'),
    ).toBeInTheDocument();
    await press('Remove the star of sunk');
    await waitFor(() => expect(rows('Starred')).toEqual(['Buoys']));
  });

  it('starts as the group of the reader, or one above it, wants it', async () => {
    await openHome({
      layouts: [
        { groups: ['auditors'], widgets: ['home/create'] },
        {
          groups: ['port'],
          widgets: ['test/tides', 'no/such-thing', 'home/starred-entities'],
          hidden: ['home/guided-start', 'home/owned'],
        },
      ],
    });
    expect(titles()).toEqual(['Tides', 'Starred', 'Recently visited']);
  });
});

describe('arranging the home page', () => {
  it('works by keyboard, is kept at once, and goes back with an undo', async () => {
    const { unmount, storage } = await openHome();
    await press('Options of this page');
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Arrange this page' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Arrange this page' }),
    ).toHaveFocus();

    const up = screen.getByRole('button', { name: 'Move First steps up' });
    up.focus();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('First steps is now number 1 of 6')).toBe(
      screen.getByRole('status'),
    );
    // At the top there is only the way down
    expect(
      screen.getByRole('button', { name: 'Move First steps down' }),
    ).toHaveFocus();
    await press('Hide Search');
    expect(rows('Not on your page')).toEqual(['Search']);
    await press('Done');
    await waitFor(() => expect(titles()[0]).toBe('First steps'));
    unmount();

    // In another browser
    window.localStorage.clear();
    await openHome({ storage, address: '/?arrange' });
    expect(rows('Not on your page')).toEqual(['Search']);
    await press('Add Search');
    expect(rows('On your page').at(-1)).toBe('Search');
    await press('Reset to default');
    expect(rows('On your page')[0]).toBe('Search');
    await press('Undo the reset');
    expect(rows('On your page').at(-1)).toBe('Search');
    expect(
      screen.getByRole('button', { name: 'Reset to default' }),
    ).toHaveFocus();
  });

  it('says that a change could not be kept, and tries again', async () => {
    const storage = mockApis.storage();
    const set = jest.spyOn(storage.forBucket('home'), 'set');
    set.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await openHome({ storage, address: '/?arrange' });
    await press('Hide Starred');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Your page could not be stored');
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(rows('Not on your page')).toEqual(['Starred']);
  });
});

describe('the first steps of those who may create nothing', () => {
  it('leave out what the reader may not do, and can be put away', async () => {
    await openHome();
    const steps = await card('First steps');
    expect(await within(steps).findByText('0 of 3 done')).toBeInTheDocument();
    await press('I know my way');
    await waitFor(() => expect(titles()).not.toContain('First steps'));
  });
});
