import { act, screen, waitFor, within } from '@testing-library/react';
import { refuse, type Answer } from '@waymark/frontend-test-support';
import { answerReports } from '../__testUtils__/answerReports';
import { catchDownloads } from '../__testUtils__/catchDownloads';
import { renderGoldenPaths } from '../__testUtils__/renderGoldenPaths';
import {
  sampleSilence,
  sampleSquads,
  sampleSummary,
} from '../__testUtils__/sampleReports';
import { OverviewPage } from './OverviewPage';

/** The page over a backend with the given answers. */
function renderOverview(
  options: Partial<Parameters<typeof renderGoldenPaths>[0]> = {},
) {
  return renderGoldenPaths({
    element: <OverviewPage />,
    path: '/delivery/overview/*',
    address: '/delivery/overview',
    config: {
      backend: { baseUrl: 'http://portal' },
      organization: { name: 'Kestrelvale Rail' },
      goldenPaths: { docs: '/docs/delivery' },
    },
    answer: answerReports(),
    ...options,
  });
}

const findTile = (name: string) => screen.findByRole('article', { name });

/** What was asked of a report, in the order of asking. */
const queriesOf = (
  requests: ReturnType<typeof renderGoldenPaths>['requests'],
  path: string,
) =>
  requests
    .filter(request => request.path === path)
    .map(({ query }) => Object.fromEntries(query));

describe('the overview of delivery', () => {
  afterEach(() => jest.restoreAllMocks());

  it('tells each metric in words: number, target, what is behind it, against before, coverage', async () => {
    renderOverview();
    expect(
      await screen.findByRole('heading', {
        name: 'Kestrelvale Rail: delivery',
      }),
    ).toBeVisible();
    const first = await findTile('Time to first deployment');
    for (const words of [
      '9 of 10 within 14 min',
      '2 not at their end yet, counted as longer',
      'Target met: at most 10 min',
      'Better than 16 min in the 26 weeks before',
      '10 of 12 services have data',
    ]) {
      expect(within(first).getByText(words)).toBeVisible();
    }
    expect(within(first).getByRole('link', { name: /^8 min/ })).toHaveAttribute(
      'href',
      '/delivery/overview/time-to-first-deployment',
    );
    expect(
      within(first).getByRole('img', {
        name: /^Time to first deployment by week\. .*from .* to .* Week of/,
      }),
    ).toBeInTheDocument();

    const frequency = await findTile('Deployment frequency');
    expect(frequency).toHaveTextContent('31.4 per week');
    expect(frequency).toHaveTextContent('14 more that only pipelines claim');
    expect(frequency).toHaveTextContent(
      'Target met: at least 28 per week, the baseline',
    );
    expect(frequency).toHaveTextContent(
      'Better than 28 per week in the baseline',
    );
    expect(await findTile('Change lead time')).toHaveTextContent(
      'Target not met: at most 4 h',
    );
    expect(await findTile('Deviation rate')).toHaveTextContent(
      'Worse than 20% in the 26 weeks before',
    );
    expect(await findTile('Platform support load')).toHaveTextContent(
      'The same as in the 26 weeks before',
    );

    const silent = await findTile('Mean time to environment');
    expect(silent).toHaveTextContent('No data');
    expect(silent).toHaveTextContent('It takes environment.created events.');
    expect(
      within(silent).getByRole('link', { name: 'How to send events' }),
    ).toHaveAttribute('href', '/docs/delivery');
    expect(
      screen.getByText('Some of these numbers are made of sample events.'),
    ).toBeVisible();
    expect(screen.getByText('25 May 2026 – 22 Nov 2026, UTC')).toBeVisible();
  });

  it('tells what a metric says by keyboard: while it has the focus, and more when pressed', async () => {
    const { user } = renderOverview();
    const tile = await findTile('Change fail rate');
    act(() => within(tile).getByRole('link', { name: /^5%/ }).focus());
    await user.tab({ shift: true });
    expect(
      within(tile).getByRole('button', {
        name: 'What “Change fail rate” says',
      }),
    ).toHaveFocus();
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'How change fail rate is measured.',
    );
    await user.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', {
      name: 'What “Change fail rate” says',
    });
    expect(
      within(dialog).getByRole('link', { name: /^dora\.dev/ }),
    ).toHaveAttribute('href', 'https://dora.dev/guides/');
    expect(dialog).toHaveTextContent('It takes incident.detected events.');
    await user.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('is narrowed by its address, in all reports and links, and by its fields', async () => {
    const { requests, user } = renderOverview({
      address:
        '/delivery/overview?owner=group:default/ticketing&domain=domain:default/sales&weeks=13',
      answer: answerReports({ summary: sampleSummary({ weeks: 13 }) }),
    });
    const tile = await findTile('Change fail rate');
    const narrowed = {
      owner: 'group:default/ticketing',
      domain: 'domain:default/sales',
      weeks: '13',
    };
    expect(queriesOf(requests, '/reports/summary')).toEqual([narrowed]);
    expect(queriesOf(requests, '/reports/squads')).toEqual([
      { ...narrowed, limit: '50' },
    ]);
    expect(within(tile).getByRole('link', { name: /^5%/ })).toHaveAttribute(
      'href',
      `/delivery/overview/change-fail-rate?${new URLSearchParams(narrowed)}`,
    );
    expect(
      screen.getByText(/^Owner ticketing, Domain sales$/),
    ).toBeInTheDocument();

    await user.click(screen.getByRole('button', { name: /13 weeks.*Time/ }));
    await user.click(await screen.findByRole('option', { name: '52 weeks' }));
    await waitFor(() =>
      expect(queriesOf(requests, '/reports/summary')).toEqual([
        narrowed,
        { ...narrowed, weeks: '52' },
      ]),
    );
  });

  it('has all that is drawn as a table, each number with the way to its rows', async () => {
    const { user } = renderOverview();
    await user.click(
      await screen.findByRole('button', { name: 'All weeks as a table' }),
    );
    const table = screen.getByRole('table', { name: 'All metrics by week' });
    const rows = within(table).getAllByRole('row');
    expect(rows).toHaveLength(27);
    expect(rows[1]).toHaveTextContent('Week of 16 Nov 2026');
    expect(
      within(rows[1])
        .getAllByRole('link')
        .map(link => link.getAttribute('href')),
    ).toContain('/delivery/overview/support-load?week=2026-11-16');

    const paths = screen.getByRole('region', {
      name: 'Adoption and deviations over time',
    });
    expect(
      within(paths).getByRole('link', { name: 'Expired: 1' }),
    ).toHaveAttribute('href', '/delivery/overview/deviation-rate?part=expired');
    await user.click(
      within(paths).getByRole('button', { name: 'Show as table' }),
    );
    expect(
      within(
        within(paths).getByRole('table', {
          name: 'Adoption and deviations by week',
        }),
      )
        .getAllByRole('columnheader')
        .map(cell => cell.textContent),
    ).toEqual(['Week', 'Golden path adoption', 'Deviation rate']);
  });

  it('has squads by name, all metrics or one, each number with the way to its rows', async () => {
    const more = sampleSquads(1);
    const { requests, user } = renderOverview({
      answer: answerReports({
        squads: [
          { ...sampleSquads(2), nextCursor: '1' },
          {
            ...more,
            items: [
              { ...more.items[0], ownerRef: 'group:default/zoo', title: 'Zoo' },
            ],
          },
        ],
      }),
    });
    const squads = await screen.findByRole('table', { name: /squad’s own/ });
    expect(
      within(squads)
        .getAllByRole('rowheader')
        .map(cell => cell.textContent),
    ).toEqual(['Squad 1', 'Squad 2', 'No owner']);
    expect(within(squads).getAllByRole('columnheader')).toHaveLength(12);
    const first = within(squads).getByRole('row', { name: /^Squad 1/ });
    expect(
      within(first).getByRole('link', { name: '31.4 per week' }),
    ).toHaveAttribute(
      'href',
      '/delivery/overview/deployment-frequency?owner=group%3Adefault%2Fsquad-1&direct=true',
    );
    expect(
      within(first).getByRole('link', { name: 'Squad 1' }),
    ).toHaveAttribute(
      'href',
      '/delivery/overview?owner=group%3Adefault%2Fsquad-1',
    );
    expect(
      within(squads).getByRole('row', { name: /^No owner/ }),
    ).toHaveTextContent('no data');

    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(
      await within(squads).findByRole('rowheader', { name: 'Zoo' }),
    ).toBeVisible();
    expect(queriesOf(requests, '/reports/squads')).toEqual([
      { weeks: '26', limit: '50' },
      { weeks: '26', limit: '50', cursor: '1' },
    ]);

    await user.click(screen.getByRole('button', { name: /All metrics.*Show/ }));
    await user.click(
      await screen.findByRole('option', { name: 'Change fail rate' }),
    );
    await waitFor(() =>
      expect(
        within(squads)
          .getAllByRole('columnheader')
          .map(cell => cell.textContent),
      ).toEqual([
        'Squad',
        'Services',
        'Change fail rate',
        'Behind it',
        'Services with data',
      ]),
    );
    expect(
      within(squads).getByRole('row', { name: /^Squad 1/ }),
    ).toHaveTextContent('38 of 816');
  });

  it('saves the metrics of what is asked about as CSV', async () => {
    const names = catchDownloads();
    const { requests, user } = renderOverview({
      address: '/delivery/overview?system=system:default/fares',
    });
    await user.click(await screen.findByRole('button', { name: 'Export CSV' }));
    expect(await screen.findByText(/^Saved as /)).toBeVisible();
    expect(queriesOf(requests, '/reports/summary.csv')).toEqual([
      { system: 'system:default/fares', weeks: '26' },
    ]);
    expect(names).toEqual(['delivery.csv']);
  });

  it('says what to do while nothing was heard, and when there is no service', async () => {
    renderOverview({ answer: answerReports({ summary: sampleSilence() }) });
    expect(
      await screen.findByRole('heading', {
        name: 'Nothing was heard of these services yet',
      }),
    ).toBeVisible();
    expect(
      screen.getAllByRole('link', { name: 'How to send events' })[0],
    ).toHaveAttribute('href', '/docs/delivery');
    expect(await findTile('Golden path adoption')).toHaveTextContent(
      'It is read from the repositories of services.',
    );
    expect(
      screen.queryByRole('img', { name: /by week/ }),
    ).not.toBeInTheDocument();
  });

  it('offers all services where no service fits', async () => {
    const { requests, user } = renderOverview({
      address: '/delivery/overview?template=template:default/none',
      answer: answerReports({ summary: sampleSilence({ inScope: 0 }) }),
    });
    await user.click(
      await screen.findByRole('button', { name: 'Show all services' }),
    );
    expect(
      await screen.findByRole('heading', {
        name: 'There is no service in the catalog yet',
      }),
    ).toBeVisible();
    expect(queriesOf(requests, '/reports/summary')).toEqual([
      { template: 'template:default/none', weeks: '26' },
      { weeks: '26' },
    ]);
  });

  it('says which permission it takes', async () => {
    renderOverview({ answer: () => refuse(403, 'NotAllowedError', 'No') });
    expect(
      await screen.findByRole('heading', {
        name: 'Reports of delivery are not open to you',
      }),
    ).toBeVisible();
    expect(screen.getByText('golden-paths.report.read')).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('tries again what failed, squads alone, too', async () => {
    const answers: Record<string, Answer[]> = {
      '/reports/summary': [refuse(500, 'Error', 'The database is resting')],
      '/reports/squads': [refuse(500, 'Error', 'Squads are resting')],
    };
    const { user } = renderOverview({
      answer: request =>
        answers[request.path]?.shift() ?? answerReports()(request),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is resting',
    );
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await findTile('Change fail rate')).toBeVisible();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Squads are resting',
    );
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('rowheader', { name: 'Squad 1' }),
    ).toBeVisible();
  });
});
