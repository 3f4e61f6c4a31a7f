import { storageApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import type { SearchResult } from '@backstage/plugin-search-common';
import { searchApiRef } from '@backstage/plugin-search-react';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { DefaultQuickSearch } from '../api/DefaultQuickSearch';
import { quickSearchApiRef } from '../api/QuickSearchApi';
import { QuickSearch } from './QuickSearch';

const entity = (kind: string, name: string, more: object = {}) => ({
  type: 'software-catalog',
  document: {
    title: name,
    text: `About ${name}`,
    location: `/catalog/default/${kind}/${name}`,
    ...{ kind, name, namespace: 'default', type: 'service' },
    ...{ owner: 'group:default/ticketing', system: '', lifecycle: '' },
    ...more,
  },
});

const RESULTS: SearchResult[] = [
  {
    ...entity('component', 'fare-engine', { lifecycle: 'production' }),
    highlight: {
      preTag: '<i>',
      postTag: '</i>',
      fields: { title: '<i>fare</i>-engine' },
    },
  },
  entity('user', 'maren.osei', { title: 'Maren Osei', type: '' }),
  {
    type: 'techdocs',
    document: {
      title: 'By zone',
      text: 'Zones round up.',
      location: '/docs/default/component/fare-engine/rounding/#by-zone',
      ...{ pageTitle: 'Rounding', entityTitle: 'Fare engine' },
    },
  },
];

function Place() {
  const { pathname, search, hash } = useLocation();
  return (
    <>
      <output aria-label="Place">{`${pathname}${search}${hash}`}</output>
      <input aria-label="A field of the page" />
      <div contentEditable="true" role="textbox" aria-label="An editor" />
    </>
  );
}

async function setUp(
  options: {
    query?: (request: { term: string }) => Promise<SearchResult[]>;
    isReady?: () => boolean;
  } = {},
) {
  const { query = async () => RESULTS, isReady = () => true } = options;
  const quickSearch = new DefaultQuickSearch({
    discoveryApi: mockApis.discovery(),
    fetchApi: {
      fetch: async () => new Response(JSON.stringify({ isReady: isReady() })),
    },
  });
  renderInTestApp(
    <>
      <Place />
      <QuickSearch />
    </>,
    {
      apis: [
        [quickSearchApiRef, quickSearch],
        [storageApiRef, mockApis.storage()],
        [
          searchApiRef,
          { query: async request => ({ results: await query(request) }) },
        ],
      ],
    },
  );
  await screen.findByLabelText('Place');
  return { quickSearch, user: userEvent.setup() };
}

const field = () => screen.findByRole('combobox', { name: 'Search' });
const place = () => screen.getByLabelText('Place').textContent;

it('opens by the shortcut, shows what is found in groups, and opens by keyboard', async () => {
  const { user } = await setUp();
  screen.getByLabelText('A field of the page').focus();
  await user.keyboard('{Control>}k{/Control}');
  await user.type(await field(), 'fare');

  const list = await screen.findByRole('listbox', { name: 'Results' });
  await within(list).findByRole('option', { name: /fare-engine/ });
  const options = within(list).getAllByRole('option');
  expect(options.map(option => option.textContent)).toEqual([
    'fare-engineService · owned by ticketing · productionAbout fare-engine',
    'Maren OseiPersonAbout maren.osei',
    'Rounding › By zoneDocumentation of Fare engineZones round up.',
    'All results for “fare”',
  ]);
  for (const name of ['People and teams', 'Documentation']) {
    expect(within(list).getByRole('group', { name })).toBeVisible();
  }
  expect(within(options[0]).getByText('fare').tagName).toBe('MARK');
  expect(screen.getByRole('status')).toHaveTextContent('3 results');

  // The focus stays in the field, which tells which one is chosen
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(await field()).toHaveFocus();
  expect(await field()).toHaveAttribute('aria-activedescendant', options[2].id);
  expect(options[2]).toHaveAttribute('aria-selected', 'true');
  await user.keyboard('{Enter}');
  expect(place()).toBe('/docs/default/component/fare-engine/rounding/#by-zone');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

  // And is first the next time
  await user.keyboard('{Control>}k{/Control}');
  expect(
    within(await screen.findByRole('group', { name: /Opened last/ })).getByRole(
      'option',
    ),
  ).toHaveTextContent('Rounding › By zone');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('leaves the key to editors', async () => {
  const { user } = await setUp();
  await user.click(screen.getByLabelText('An editor'));
  await user.keyboard('{Control>}k{/Control}');
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('opens in a new tab, and leads to all results', async () => {
  const open = jest.spyOn(window, 'open').mockReturnValue(null);
  const { quickSearch, user } = await setUp();
  act(() => quickSearch.open());
  await user.type(await field(), 'fare');
  await screen.findByRole('option', { name: /fare-engine/ });
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(open).toHaveBeenCalledWith(
    '/catalog/default/component/fare-engine',
    '_blank',
    'noopener',
  );
  await user.keyboard('{ArrowUp}{Enter}');
  expect(place()).toBe('/search?query=fare');
});

it('opens the first result of what was typed, however fast Enter comes', async () => {
  let answer: (results: SearchResult[]) => void = () => {};
  const { quickSearch, user } = await setUp({
    query: () => new Promise(resolve => (answer = resolve)),
  });
  act(() => quickSearch.open());
  await user.type(await field(), 'fare{Enter}');
  expect(place()).toBe('/');
  await waitFor(() => {
    answer(RESULTS);
    expect(place()).toBe('/catalog/default/component/fare-engine');
  });
});

it('says that there is nothing, not yet, or no answer', async () => {
  let isReady = false;
  const queries: string[] = [];
  let answer = async (): Promise<SearchResult[]> => [];
  const { quickSearch, user } = await setUp({
    query: ({ term }) => {
      queries.push(term);
      return answer();
    },
    isReady: () => isReady,
  });
  act(() => quickSearch.open());
  await screen.findByText(/Type a part of a name/);
  await user.type(await field(), 'fare');
  expect(await screen.findByText(/still reading the catalog/)).toBeVisible();

  // Only like it, and it may be there itself in a moment
  const similar = entity('group', 'care', { isSimilar: true });
  answer = async () => [similar];
  const asked = queries.length;
  await waitFor(() => expect(queries.length).toBeGreaterThan(asked));
  expect(screen.getByText(/still reading the catalog/)).toBeVisible();
  expect(screen.queryByRole('option', { name: /care/ })).toBeNull();
  // By itself, however the first answer was
  answer = async () => RESULTS.slice(0, 1);
  await screen.findByRole('option', { name: /fare-engine/ });
  expect(screen.getByText(/More results appear/)).toBeVisible();
  isReady = true;
  answer = async () => RESULTS;
  await screen.findByRole('option', { name: /Maren/ });
  expect(screen.queryByText(/still reading the catalog/)).toBeNull();

  answer = async () => [similar];
  await user.type(await field(), 'x{Enter}');
  expect(await screen.findByText(/“farex”. Similar to it/)).toBeVisible();
  expect(screen.getByRole('option', { name: /care/ })).toBeVisible();
  expect(place()).toBe('/');
  answer = async () => [];
  await user.type(await field(), 'y');
  expect(
    await screen.findByText(/Nothing is called or described like “farexy”/),
  ).toBeVisible();

  answer = async () => {
    throw new Error('Away');
  };
  await user.type(await field(), 's');
  expect(await screen.findByRole('alert')).toHaveTextContent('Away');
  answer = async () => RESULTS;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByRole('option', { name: /fare-engine/ });
});
