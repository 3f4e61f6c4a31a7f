import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { searchApiRef } from '@backstage/plugin-search-react';
import type {
  SearchQuery,
  SearchResult,
} from '@backstage/plugin-search-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { DefaultQuickSearch } from '../api/DefaultQuickSearch';
import { quickSearchApiRef } from '../api/QuickSearchApi';
import { SearchPage } from './SearchPage';

const result = (
  type: string,
  name: string,
  more: object = {},
): SearchResult => ({
  type,
  document: {
    title: name,
    text: `About ${name}`,
    location: `/catalog/default/component/${name}`,
    ...{ kind: 'Component', type: 'service', namespace: 'default', name },
    ...more,
  },
});

const Place = () => {
  const { search } = useLocation();
  return <output aria-label="Address">{decodeURIComponent(search)}</output>;
};

function setUp(
  address: string,
  answer: (query: SearchQuery) => {
    results: SearchResult[];
    nextPageCursor?: string;
    previousPageCursor?: string;
  },
  isReady = () => true,
) {
  renderInTestApp(
    <>
      <Place />
      <SearchPage
        noTrack={false}
        filters={[]}
        resultTypes={[
          { value: 'techdocs', name: 'Documentation' },
          { value: 'questions', name: 'Questions' },
        ]}
        items={[
          {
            predicate: ({ type }) => type === 'questions',
            component: props => <p>Question: {props.result?.title}</p>,
          },
        ]}
      />
    </>,
    {
      initialRouteEntries: [address],
      apis: [
        [searchApiRef, { query: async query => answer(query) }],
        [
          quickSearchApiRef,
          new DefaultQuickSearch({
            discoveryApi: mockApis.discovery(),
            fetchApi: {
              fetch: async () =>
                new Response(JSON.stringify({ isReady: isReady() })),
            },
          }),
        ],
        [
          catalogApiRef,
          catalogApiMock({
            entities: [
              {
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'Component',
                metadata: { name: 'fare-engine' },
                relations: [
                  { type: 'ownedBy', targetRef: 'group:default/ticketing' },
                ],
              },
            ],
          }),
        ],
      ],
    },
  );
  return userEvent.setup();
}

const address = () => screen.getByLabelText('Address').textContent;

it('does what its address says, and its address says what it does', async () => {
  const user = setUp(
    '/search?query=fare&types[]=software-catalog&filters[kind][]=API',
    ({ term, types, filters = {}, pageCursor }) => ({
      results: [
        result(
          'software-catalog',
          [term, types, filters.kind, filters.owner, pageCursor].join(' '),
        ),
      ],
      nextPageCursor: pageCursor ? undefined : 'second',
      previousPageCursor: pageCursor ? 'first' : undefined,
    }),
  );
  await screen.findByRole('link', { name: /^fare software-catalog API/ });
  expect(screen.getByRole('radio', { name: 'APIs' })).toBeChecked();

  await user.click(screen.getByRole('button', { name: 'Next' }));
  await screen.findByRole('link', { name: /second$/ });
  expect(address()).toContain('pageCursor=second');

  await user.click(screen.getByRole('radio', { name: 'People and teams' }));
  await screen.findByRole('link', { name: 'fare software-catalog User,Group' });
  expect(address()).not.toContain('pageCursor');

  await user.click(screen.getByRole('radio', { name: 'Services and systems' }));
  await user.click(await screen.findByRole('button', { name: /Owner/ }));
  await user.click(await screen.findByRole('option', { name: 'ticketing' }));
  await screen.findByRole('link', { name: /group:default\/ticketing/ });
  expect(address()).toContain('filters[owner]=group:default/ticketing');

  await user.click(screen.getByRole('radio', { name: 'Everything' }));
  await waitFor(() => expect(address()).toBe('?query=fare'));
});

it('shows results of other plugins as those do, and walks through its own', async () => {
  const user = setUp('/search?query=fare', () => ({
    results: [
      result('software-catalog', 'fare-engine', { owner: 'no reference:' }),
      result('questions', 'Why?', { location: '/questions/1' }),
      result('software-catalog', 'fare-calculator', {
        lifecycle: 'deprecated',
      }),
    ],
  }));
  await screen.findByText('Question: Why?');
  expect(screen.getByRole('radio', { name: 'Questions' })).toBeVisible();
  const list = screen.getByRole('list', { name: 'Results' });
  const [first, second] = within(list).getAllByRole('link');
  act(() => first.focus());
  await user.keyboard('{ArrowDown}');
  expect(second).toHaveFocus();
  expect(within(list).getAllByText('deprecated')[0]).toBeVisible();
});

it('says what to do when there is nothing', async () => {
  const user = setUp(
    '/search?query=fare&types[]=techdocs',
    ({ types = [] }) => ({
      results:
        types.length > 0 ? [] : [result('software-catalog', 'fare-engine')],
    }),
  );
  expect(
    await screen.findByRole('heading', { name: 'Nothing found for “fare”' }),
  ).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Search everything' }));
  await screen.findByRole('link', { name: 'fare-engine' });
  await user.clear(screen.getByRole('searchbox', { name: 'Search' }));
  expect(
    await screen.findByRole('heading', { name: 'What are you looking for?' }),
  ).toBeVisible();
});

it('asks again while not everything can be found, and tells what is only similar', async () => {
  let isReady = false;
  let name = 'care';
  const user = setUp(
    '/search?query=fare',
    () => ({
      results: [
        result('software-catalog', name, { isSimilar: name === 'care' }),
      ],
    }),
    () => isReady,
  );
  await screen.findByRole('heading', { name: /still reading the catalog/ });
  expect(screen.queryByRole('link', { name: 'care' })).toBeNull();
  isReady = true;
  await screen.findByRole('link', { name: 'care' });
  expect(
    screen.getByText(
      'Nothing is called or described like “fare”. Similar: 1 result here',
    ),
  ).toBeVisible();

  isReady = false;
  name = 'fare-engine';
  await user.type(screen.getByRole('searchbox', { name: 'Search' }), 's');
  await screen.findByRole('link', { name: 'fare-engine' });
  await screen.findByText(/^1 result.*still reading the catalog/);
  isReady = true;
  await screen.findByText('1 result here');
});
