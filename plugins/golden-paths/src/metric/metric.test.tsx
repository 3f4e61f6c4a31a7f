import { screen, waitFor, within } from '@testing-library/react';
import { refuse, type Answer } from '@waymark/frontend-test-support';
import type { EntityDelivery } from '@waymark/plugin-golden-paths-common';
import { answerReports } from '../__testUtils__/answerReports';
import { catchDownloads } from '../__testUtils__/catchDownloads';
import { renderGoldenPaths } from '../__testUtils__/renderGoldenPaths';
import {
  sampleRow,
  sampleSilence,
  sampleSummary,
} from '../__testUtils__/sampleReports';
import { OverviewPage } from '../overview/OverviewPage';

/** The page of a metric over a backend with the given answers. */
function renderMetric(
  address: string,
  answer: Parameters<typeof renderGoldenPaths>[0]['answer'],
) {
  return renderGoldenPaths({
    element: <OverviewPage />,
    path: '/delivery/overview/*',
    address: `/delivery/overview/${address}`,
    answer,
  });
}

const rowsAsked = (
  requests: ReturnType<typeof renderGoldenPaths>['requests'],
) =>
  requests
    .filter(({ path }) => path === '/reports/rows')
    .map(({ query }) => Object.fromEntries(query));

const ASKED = { metric: 'deployment-frequency', weeks: '26', limit: '50' };

describe('the page of a metric', () => {
  afterEach(() => jest.restoreAllMocks());

  it('says what it measures, how it went, and what is behind it', async () => {
    const { requests } = renderMetric(
      'deployment-frequency?owner=group:default/squad-1&direct=true',
      answerReports({
        rows: [
          sampleRow({ url: 'https://argo.example/orders', sample: true }),
          sampleRow({
            observed: false,
            eventId: undefined,
            url: 'data:text/html,x',
          }),
        ],
      }),
    );
    expect(
      await screen.findByRole('heading', {
        name: 'Deployment frequency',
        level: 2,
      }),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'All metrics' })).toHaveAttribute(
      'href',
      '/delivery/overview?owner=group%3Adefault%2Fsquad-1&direct=true',
    );
    expect(
      screen.getByText('Owner squad-1, its own services only'),
    ).toBeVisible();
    expect(
      screen.getByRole('region', { name: 'What it says' }),
    ).toHaveTextContent(
      'It takes service.deployed and service.upgraded events.',
    );
    expect(
      screen.getByRole('img', {
        name: /^Deployment frequency by week\. Observed: from .*Only claimed: from/,
      }),
    ).toBeInTheDocument();

    const [, first, second] = await screen
      .findAllByRole('rowheader')
      .then(() =>
        within(
          screen.getByRole('grid', { name: /^What is behind/ }),
        ).getAllByRole('row'),
      );
    expect(within(first).getByRole('link', { name: 'Orders' })).toHaveAttribute(
      'href',
      '/catalog/default/component/orders/delivery',
    );
    expect(
      within(first).getByRole('link', { name: /^production: orders 1\.4\.2/ }),
    ).toHaveAttribute('href', 'https://argo.example/orders');
    expect(
      within(first).getByRole('link', { name: 'Its event' }),
    ).toHaveAttribute(
      'href',
      `/delivery/events?${new URLSearchParams({
        eventId: '4711',
        source: 'https://argo.example/applications/orders',
      })}`,
    );
    expect(first).toHaveTextContent('Observed');
    expect(first).toHaveTextContent('sample');
    expect(second).toHaveTextContent('Only claimed');
    expect(rowsAsked(requests)).toEqual([
      { ...ASKED, owner: 'group:default/squad-1', direct: 'true' },
    ]);
    // What a browser would run is no link
    expect(
      within(second)
        .getAllByRole('link')
        .map(link => link.textContent),
    ).toEqual(['Orders', 'squad-1']);
  });

  it('shows the rows of a week or a part, as its address says, and saves them', async () => {
    const names = catchDownloads();
    const { requests, user } = renderMetric(
      'deployment-frequency',
      answerReports({ rows: [sampleRow()] }),
    );
    await user.click(
      await screen.findByRole('button', { name: 'Show as table' }),
    );
    await user.click(
      within(
        screen.getByRole('table', { name: 'Deployment frequency by week' }),
      ).getByRole('link', { name: 'Week of 9 Nov 2026' }),
    );
    await waitFor(() =>
      expect(rowsAsked(requests).at(-1)).toEqual({
        ...ASKED,
        week: '2026-11-09',
      }),
    );
    expect(
      screen.getAllByRole('radio').map(({ textContent }) => textContent),
    ).toEqual([
      'All',
      'Production: 31.4 per week',
      'Staging: 58.2 per week',
      'Only claimed: 14',
    ]);
    await user.click(screen.getByRole('radio', { name: /^Production/ }));
    await waitFor(() =>
      expect(rowsAsked(requests).at(-1)).toEqual({
        ...ASKED,
        week: '2026-11-09',
        part: 'production',
      }),
    );
    await user.click(screen.getByRole('button', { name: /9 Nov 2026.*Week/ }));
    await user.click(await screen.findByRole('option', { name: 'All weeks' }));
    await waitFor(() =>
      expect(rowsAsked(requests).at(-1)).toEqual({
        ...ASKED,
        part: 'production',
      }),
    );
    await user.click(screen.getByRole('button', { name: 'Export CSV' }));
    expect(await screen.findByText(/^Saved as /)).toBeVisible();
    expect(names).toEqual(['delivery.csv']);
    expect(
      Object.fromEntries(
        requests.find(({ path }) => path === '/reports/rows.csv')!.query,
      ),
    ).toEqual({
      metric: 'deployment-frequency',
      weeks: '26',
      part: 'production',
    });
  });

  it('tells of shares what counts, and of durations how long it took', async () => {
    const { requests, user } = renderMetric(
      'change-fail-rate',
      answerReports({
        rows: [
          sampleRow({ counted: true, week: '2026-11-09' }),
          sampleRow({ counted: false }),
        ],
      }),
    );
    expect(await screen.findByText('Counts')).toBeVisible();
    expect(screen.getByText('Does not count')).toBeVisible();
    expect(
      screen.getByRole('gridcell', { name: /^Week of 9 Nov 2026/ }),
    ).toBeVisible();
    await user.click(screen.getByRole('switch', { name: 'Only what counts' }));
    await waitFor(() =>
      expect(rowsAsked(requests).at(-1)).toMatchObject({ counted: 'true' }),
    );
  });

  it('says which have not come to their end', async () => {
    renderMetric(
      'change-lead-time',
      answerReports({
        rows: [
          sampleRow({ value: 5_400_000 }),
          sampleRow({ value: undefined }),
        ],
      }),
    );
    expect(await screen.findByText('1 h 30 min')).toBeVisible();
    expect(screen.getByText('Not at its end yet')).toBeVisible();
    expect(screen.queryByRole('switch')).not.toBeInTheDocument();
  });

  it('is about one service where its address says so, with a way to all', async () => {
    const summary = sampleSummary();
    const delivery: Pick<EntityDelivery, 'metrics' | 'deployments'> = {
      metrics: summary.metrics,
      deployments: [],
    };
    const { requests, user } = renderMetric(
      'deployment-frequency?entityRef=component:default/orders&weeks=13',
      request =>
        request.path === '/entities/component/default/orders/delivery'
          ? { body: delivery }
          : answerReports({ rows: [sampleRow()] })(request),
    );
    expect(await screen.findByRole('link', { name: 'orders' })).toHaveAttribute(
      'href',
      '/catalog/default/component/orders',
    );
    await screen.findByRole('grid');
    expect(rowsAsked(requests)).toEqual([
      {
        ...ASKED,
        weeks: '13',
        entityRef: 'component:default/orders',
      },
    ]);
    expect(screen.queryByText(/services have data/)).not.toBeInTheDocument();
    expect(
      screen.queryByRole('combobox', { name: 'Owner' }),
    ).not.toBeInTheDocument();
    expect(screen.getByText('25 May 2026 – 22 Nov 2026, UTC')).toBeVisible();

    await user.click(screen.getByRole('link', { name: 'All services' }));
    expect(
      await screen.findByText('18 of 23 services have data'),
    ).toBeVisible();
    expect(rowsAsked(requests).at(-1)).toEqual({ ...ASKED, weeks: '13' });
  });

  it('says which events it takes while there are none, and nothing of a metric there is not', async () => {
    renderMetric(
      'change-lead-time',
      answerReports({ summary: sampleSilence() }),
    );
    const rows = await screen.findByRole('region', {
      name: 'What is behind it',
    });
    expect(await within(rows).findByText('Nothing yet')).toBeVisible();
    expect(rows).toHaveTextContent(
      'It takes change.merged and service.deployed events.',
    );
  });

  it('leads to all metrics from one there is not', async () => {
    renderMetric('lines-of-code', answerReports());
    expect(
      await screen.findByRole('heading', { name: 'There is no such metric' }),
    ).toBeVisible();
    expect(
      screen
        .getAllByRole('link', { name: 'All metrics' })
        .map(link => link.getAttribute('href')),
    ).toEqual(['/delivery/overview', '/delivery/overview']);
  });

  it('tries again what failed', async () => {
    const answers: Record<string, Answer[]> = {
      '/reports/rows': [refuse(500, 'Error', 'Rows are resting')],
    };
    const { user } = renderMetric(
      'change-fail-rate',
      request =>
        answers[request.path]?.shift() ??
        answerReports({ rows: [sampleRow()] })(request),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Rows are resting',
    );
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('rowheader')).toHaveTextContent('Orders');
  });
});
