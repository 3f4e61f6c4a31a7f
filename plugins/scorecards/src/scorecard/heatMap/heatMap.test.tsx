import { screen, waitFor, within } from '@testing-library/react';
import type {
  HeatmapCell,
  HeatmapReport,
} from '@waymark/plugin-scorecards-common';
import { refuse, type SeenRequest } from '@waymark/frontend-test-support';
import { renderScorecards } from '../../__testUtils__/renderScorecards';
import { ScorecardPage } from '../ScorecardPage';

const RULES = [
  { id: 'runbook', title: 'Has a runbook' },
  { id: 'coverage', title: 'Tests cover enough' },
];

const SCORECARD = {
  scorecardRef: 'scorecard:default/readiness',
  title: 'Readiness',
  owner: 'group:default/platform',
  lifecycle: 'live',
  appliesTo: { kind: 'Component' },
  levels: [{ id: 'bronze', title: 'Bronze' }],
  rules: RULES.map(rule => ({ ...rule, weight: 1, check: 'true' })),
  entities: [],
};

const cell = (some: Partial<HeatmapCell>): HeatmapCell => ({
  pass: 0,
  fail: 0,
  noData: 0,
  other: 0,
  ...some,
});

const row = (
  some: Partial<HeatmapReport['rows'][number]>,
): HeatmapReport['rows'][number] => ({
  depth: 0,
  entities: 9,
  cells: RULES.map(() => cell({ pass: 1 })),
  ...some,
});

const GROUPS = [
  row({ ref: 'group:default/rail', title: 'Rail', meanScore: 61.4 }),
  row({
    ref: 'group:default/ticketing',
    title: 'Ticketing',
    parent: 'group:default/rail',
    depth: 1,
    cells: [
      cell({ pass: 7, fail: 1, noData: 1 }),
      cell({ noData: 4, other: 5 }),
    ],
  }),
  row({
    ref: 'group:default/validators',
    title: 'Validators',
    parent: 'group:default/ticketing',
    depth: 2,
    cells: [cell({ other: 3 }), cell({ exempt: 1, error: 1 })],
  }),
  row({ cells: [cell({ pass: 1, exempt: 1 }), cell({ noData: 2 })] }),
];

const report = (
  rows: HeatmapReport['rows'],
  some: Partial<HeatmapReport> = {},
): HeatmapReport => ({
  by: 'group',
  rules: RULES.map(({ id, title }) => ({
    scorecardRef: SCORECARD.scorecardRef,
    ruleId: id,
    title,
  })),
  totalRows: rows.length,
  rows,
  ...some,
});

function open(options: {
  query?: string;
  heatmap: (
    query: URLSearchParams,
  ) => HeatmapReport | ReturnType<typeof refuse>;
}) {
  const { requests, user } = renderScorecards({
    element: <ScorecardPage />,
    path: '/scorecards/:namespace/:name/*',
    address: `/scorecards/default/readiness/heat-map${options.query ?? ''}`,
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: 'ticketing', title: 'Ticketing' },
        spec: { type: 'team', children: [] },
      },
    ],
    answer: ({ path, query }: SeenRequest) => {
      if (path === '/scorecards/default/readiness') {
        return { body: SCORECARD };
      }
      if (path !== '/reports/heatmap') {
        return undefined;
      }
      const answer = options.heatmap(query);
      return 'body' in answer ? answer : { body: answer };
    },
  });
  const asked = () =>
    requests
      .filter(({ path }) => path === '/reports/heatmap')
      .map(({ query }) => query);
  return { asked, user };
}

describe('the heat map', () => {
  it('says in each cell what it is, and leads to what it counts', async () => {
    open({ heatmap: () => report(GROUPS) });
    const grid = await screen.findByRole('grid', {
      name: 'Share that passes each rule of Readiness, by group',
    });
    expect(
      within(grid)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent),
    ).toEqual(['Group', 'Has a runbook', 'Tests cover enough']);

    const links = within(grid)
      .getAllByRole('link', { name: /: / })
      .map(link => [
        link.getAttribute('aria-label'),
        link.textContent,
        link.getAttribute('href')?.replace(/^.*\/services/, ''),
      ]);
    expect(links.slice(2)).toEqual([
      [
        'Ticketing, Has a runbook: 7 of 9 pass, 1 fails, 1 no data',
        '78%',
        '?owner=group%3Adefault%2Fticketing&rule=runbook&outcome=fail',
      ],
      [
        'Ticketing, Tests cover enough: 0 of 4 pass, 4 no data, does not apply to 5',
        'No data',
        '?owner=group%3Adefault%2Fticketing&rule=coverage&outcome=noData',
      ],
      [
        'Validators, Has a runbook: does not apply to any of 3',
        '–',
        '?owner=group%3Adefault%2Fvalidators&rule=runbook&outcome=notApplicable',
      ],
      [
        'Validators, Tests cover enough: 0 of 2 pass, 1 in error, 1 exempt',
        'Error',
        '?owner=group%3Adefault%2Fvalidators&rule=coverage&outcome=error',
      ],
      [
        'No group, Has a runbook: 1 of 2 pass, 1 exempt',
        '100%',
        '?owner=none&rule=runbook&outcome=pass',
      ],
      [
        'No group, Tests cover enough: 0 of 2 pass, 2 no data',
        'No data',
        '?owner=none&rule=coverage&outcome=noData',
      ],
    ]);
    expect(
      within(grid).getByRole('rowheader', {
        name: /Ticketing in Rail, 9 judged/,
      }),
    ).toBeInTheDocument();
    expect(within(grid).getByRole('link', { name: 'Rail' })).toHaveAttribute(
      'href',
      '/scorecards/default/readiness/services?owner=group%3Adefault%2Frail',
    );
    expect(screen.getByText('Groups: 4 of 4')).toBeInTheDocument();
  });

  it('is one stop of the Tab key, and the arrow keys move and fold in it', async () => {
    const { user } = open({ heatmap: () => report(GROUPS) });
    const fold = await screen.findByRole('button', {
      name: 'Groups below Rail',
    });
    await user.click(screen.getByRole('radio', { name: 'Groups' }));
    // Over the two fields
    await user.tab();
    await user.tab();
    await user.tab();
    expect(fold).toHaveFocus();
    await user.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}');
    expect(
      screen.getByRole('link', { name: /^Ticketing, Has a runbook/ }),
    ).toHaveFocus();
    await user.keyboard('{End}');
    expect(
      screen.getByRole('link', { name: /^Ticketing, Tests/ }),
    ).toHaveFocus();
    await user.keyboard('{Control>}{End}{/Control}');
    expect(
      screen.getByRole('link', { name: /^No group, Tests/ }),
    ).toHaveFocus();
    await user.tab({ shift: true });
    await user.tab();
    expect(
      screen.getByRole('link', { name: /^No group, Tests/ }),
    ).toHaveFocus();

    await user.keyboard('{Control>}{Home}{/Control}');
    expect(fold).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(fold).toHaveAttribute('aria-expanded', 'false');
    // With the whole subtree
    expect(screen.queryByRole('link', { name: 'Ticketing' })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Validators' })).toBeNull();
    expect(screen.getByRole('link', { name: 'No group' })).toBeInTheDocument();
    await user.keyboard('{Enter}');
    expect(
      screen.getByRole('link', { name: 'Validators' }),
    ).toBeInTheDocument();
  });

  it('keeps in its address what its rows are and whom they are about', async () => {
    const { asked, user } = open({
      query: '?owner=group:default/ticketing&domain=domain:default/sales',
      heatmap: query =>
        query.get('by') === 'system'
          ? report([row({})], { by: 'system' })
          : report(GROUPS),
    });
    await user.click(await screen.findByRole('radio', { name: 'Systems' }));
    expect(
      await screen.findByRole('link', { name: 'No system' }),
    ).toHaveAttribute(
      'href',
      '/scorecards/default/readiness/services?owner=group%3Adefault%2Fticketing&domain=domain%3Adefault%2Fsales&system=none',
    );
    expect(Object.fromEntries(asked().at(-1)!)).toMatchObject({
      scorecard: 'scorecard:default/readiness',
      by: 'system',
      owner: 'group:default/ticketing',
      domain: 'domain:default/sales',
    });
    // The owner by its title
    const owner = screen.getByRole('combobox', { name: 'Owner' });
    await waitFor(() => expect(owner).toHaveValue('Ticketing'));
    await user.clear(owner);
    await waitFor(() => expect(asked().at(-1)!.has('owner')).toBe(false));
    await user.click(await screen.findByRole('option', { name: 'No group' }));
    await waitFor(() => expect(asked().at(-1)!.get('owner')).toBe('none'));
    expect(owner).toHaveValue('No group');
  });

  it('shows the next rows on request, and says what is wrong', async () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      row({ ref: `system:default/s${index}`, title: `System ${index}` }),
    );
    const answers = [
      report(many.slice(0, 20), {
        by: 'system',
        totalRows: 30,
        nextCursor: 'next',
      }),
      refuse(503, 'ServiceUnavailableError', 'The database is away'),
      report(many.slice(20), { by: 'system', totalRows: 30 }),
    ];
    const { asked, user } = open({
      query: '?by=system',
      heatmap: () => answers.shift()!,
    });
    const more = await screen.findByRole('button', { name: 'Show more' });
    expect(screen.getByText('Systems: 20 of 30')).toBeInTheDocument();
    await user.click(more);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away',
    );
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Systems: 30 of 30')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'System 29' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
    expect(asked().map(query => query.get('cursor'))).toEqual([
      null,
      'next',
      'next',
    ]);
  });

  it('says when there is nothing, and why', async () => {
    const { user } = open({
      query: '?owner=group:default/ticketing',
      heatmap: () => report([]),
    });
    expect(
      await screen.findByRole('heading', { name: 'Nothing matches' }),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    expect(
      await screen.findByRole('heading', { name: 'Nothing to judge yet' }),
    ).toBeInTheDocument();
  });
});
