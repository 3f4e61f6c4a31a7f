import { cleanup, screen, within } from '@testing-library/react';
import type {
  TemplateHealthDetails,
  TemplateServices,
} from '@waymark/plugin-golden-paths-common';
import { refuse } from '@waymark/frontend-test-support';
import { renderGoldenPaths } from '../__testUtils__/renderGoldenPaths';
import { TemplatesPage } from './TemplatesPage';

const health: TemplateHealthDetails = {
  templateRef: 'template:default/node-api',
  title: 'HTTP API in TypeScript',
  runs: 12,
  succeeded: 9,
  failed: 2,
  cancelled: 0,
  running: 1,
  duration: { value: 4_200, p90: 11_000, count: 9 },
  failingStep: { id: 'publish', name: 'Create the repository', count: 2 },
  services: 8,
  behind: 3,
  trend: [
    { week: '2026-11-09', runs: 0, failed: 0 },
    { week: '2026-11-16', runs: 12, failed: 2 },
  ],
  failures: [
    {
      id: 'publish',
      name: 'Create the repository',
      count: 2,
      lastError: 'The name is taken',
      lastTaskId: 'task-9',
    },
  ],
  versions: [
    { version: 'sha256:aaaaaaaaaaaaaaaa', current: true, services: 5 },
    { version: 'sha256:bbbbbbbbbbbbbbbb', current: false, services: 3 },
  ],
  recent: [
    {
      taskId: 'task-9',
      status: 'failed',
      createdBy: 'user:default/joel.hartwig',
      startedAt: '2026-11-20T10:00:00.000Z',
      endedAt: '2026-11-20T10:00:12.000Z',
      failedStep: 'Create the repository',
    },
  ],
};

describe('TemplatesPage', () => {
  it('shows how each golden path does', async () => {
    renderGoldenPaths({
      element: <TemplatesPage />,
      answer: () => ({ body: { items: [health] } }),
    });
    const row = await screen.findByRole('row', { name: /HTTP API/ });
    expect(row).toHaveTextContent('82%9 of 11');
    expect(row).toHaveTextContent('4 s9 of 10 within 11 s');
    expect(row).toHaveTextContent('Create the repository2 times');
    expect(row).toHaveTextContent('83 on an older version');
    const path = '/?template=template%3Adefault%2Fnode-api';
    expect(
      within(row)
        .getAllByRole('link')
        .map(link => [link.textContent, link.getAttribute('href')]),
    ).toEqual([
      ['HTTP API in TypeScript', `${path}&weeks=26`],
      ['12', `${path}&show=runs&weeks=26`],
      ['1 running', `${path}&show=runs&state=running&weeks=26`],
      ['9 of 11', `${path}&show=runs&state=succeeded&weeks=26`],
      ['2 times', `${path}&show=runs&step=publish&weeks=26`],
      ['8', `${path}&show=services&weeks=26`],
      ['3 on an older version', `${path}&show=services&behind=true&weeks=26`],
    ]);
  });

  it('shows one of them with its failures, versions and runs', async () => {
    const { requests } = renderGoldenPaths({
      element: <TemplatesPage />,
      address: '/?template=template:default/node-api&weeks=4',
      answer: () => ({ body: health }),
    });
    expect(
      await screen.findByRole('heading', { name: 'HTTP API in TypeScript' }),
    ).toBeVisible();
    expect(Object.fromEntries(requests[0].query)).toEqual({
      templateRef: 'template:default/node-api',
      weeks: '4',
    });
    expect(
      within(
        screen.getByRole('table', { name: 'Steps at which runs fail' }),
      ).getByRole('row', { name: /Create the repository/ }),
    ).toHaveTextContent('The name is taken');
    expect(
      within(
        screen.getByRole('table', { name: 'Services by version' }),
      ).getByRole('row', { name: /latest/ }),
    ).toHaveTextContent('aaaaaaaaaaaa (latest)5');
    const weeks = within(screen.getByRole('table', { name: 'Runs by week' }));
    expect(weeks.getAllByRole('row')).toHaveLength(2);
    const older = within(
      screen.getByRole('table', { name: 'Services by version' }),
    );
    expect(older.getByRole('link', { name: '3' })).toHaveAttribute(
      'href',
      '/?template=template%3Adefault%2Fnode-api&show=services&version=sha256%3Abbbbbbbbbbbbbbbb&weeks=4',
    );
    expect(weeks.getByRole('link', { name: '2' })).toHaveAttribute(
      'href',
      '/?template=template%3Adefault%2Fnode-api&show=runs&week=2026-11-16&state=failed',
    );
    const runs = within(screen.getByRole('grid', { name: 'Last runs' }));
    expect(runs.getByRole('row', { name: /Failed/ })).toHaveTextContent('12 s');
  });

  it('lists the services behind a number, and what is proposed to them', async () => {
    const services: TemplateServices = {
      totalItems: 2,
      newest: 'sha256:aaaaaaaaaaaaaaaa',
      items: [
        {
          entityRef: 'component:default/orders',
          title: 'Orders',
          ownerRef: 'group:default/ticketing',
          version: 'sha256:bbbbbbbbbbbbbbbb',
          behind: true,
          since: '2026-11-09',
          upgrade: {
            state: 'proposed',
            at: '2026-11-20T10:00:00.000Z',
            url: 'https://git.example/orders/pull/3',
          },
        },
        {
          entityRef: 'component:default/gates',
          version: '',
          behind: true,
          since: '2026-11-16',
        },
      ],
    };
    const { requests } = renderGoldenPaths({
      element: <TemplatesPage />,
      address:
        '/?template=template:default/node-api&show=services&behind=true&owner=group:default/ticketing',
      answer: ({ path }) =>
        path === '/reports/template-services' ? { body: services } : undefined,
    });
    const orders = await screen.findByRole('row', { name: /Orders/ });
    expect(orders).toHaveTextContent(
      /There is a newer versionbbbbbbbbbbbbWeek of 9 Nov 2026/,
    );
    expect(
      within(orders).getByRole('link', { name: 'Proposed' }),
    ).toHaveAttribute('href', 'https://git.example/orders/pull/3');
    const gates = screen.getByRole('row', { name: /gates/ });
    expect(gates).toHaveTextContent(/No owner.*Not known.*Not proposed/);
    // Nobody upgrades services in this portal
    expect(
      within(gates).getByRole('link', { name: 'Delivery' }),
    ).toHaveAttribute('href', '/catalog/default/component/gates/delivery');
    expect(screen.getByText('2 of 2')).toBeVisible();
    expect(Object.fromEntries(requests[0].query)).toEqual({
      templateRef: 'template:default/node-api',
      owner: 'group:default/ticketing',
      behind: 'true',
      limit: '50',
    });
  });

  it.each([
    ['v2', 'all on its latest version', /Latest versionv2.*Nothing newer/],
    [undefined, '', /Newest version not knownv2.*Not known/],
  ])(
    'says which version is the latest: %s',
    async (newest, words, standing) => {
      const services: TemplateServices = {
        totalItems: 1,
        newest,
        items: [
          {
            entityRef: 'component:default/gates',
            version: 'v2',
            behind: false,
            since: '2026-11-16',
          },
        ],
      };
      const versions = [
        { version: 'v2', current: newest === 'v2', services: 1 },
      ];
      const answer = ({ path }: { path: string }) => ({
        body:
          path === '/reports/template-services'
            ? services
            : { ...health, services: 1, behind: 0, versions },
      });
      const address = '/?template=template:default/node-api';
      renderGoldenPaths({
        element: <TemplatesPage />,
        address,
        answer,
      });
      const figure = (await screen.findByText('Services that follow it'))
        .parentElement!;
      expect(figure.textContent).toBe(`Services that follow it1${words}`);
      cleanup();
      renderGoldenPaths({
        element: <TemplatesPage />,
        address: `${address}&show=services`,
        answer,
      });
      const row = await screen.findByRole('row', { name: /gates/ });
      expect(row.textContent).toMatch(standing);
    },
  );

  it('lists the runs behind a number', async () => {
    const { requests } = renderGoldenPaths({
      element: <TemplatesPage />,
      address:
        '/?template=template:default/node-api&show=runs&step=publish&week=2026-11-16&weeks=4',
      answer: ({ path }) =>
        path === '/reports/template-runs'
          ? { body: { items: health.recent, totalItems: 1 } }
          : undefined,
    });
    const runs = await screen.findByRole('grid', { name: /^Runs/ });
    expect(
      await within(runs).findByRole('row', { name: /Failed/ }),
    ).toHaveTextContent('At the step Create the repository');
    expect(Object.fromEntries(requests[0].query)).toEqual({
      templateRef: 'template:default/node-api',
      weeks: '4',
      step: 'publish',
      week: '2026-11-16',
      limit: '50',
    });
  });

  it('says what is wrong with a week that there is not', async () => {
    renderGoldenPaths({
      element: <TemplatesPage />,
      address: '/?template=template:default/node-api&show=runs&week=last',
      answer: ({ path }) =>
        path === '/reports/template-runs'
          ? refuse(400, 'InputError', 'week: has to be the date of a Monday')
          : undefined,
    });
    expect(await screen.findByText('The runs cannot be shown')).toBeVisible();
    expect(screen.getByRole('button', { name: /Week/ })).toHaveTextContent(
      'last',
    );
  });

  it('says what is wrong with a golden path that there is not', async () => {
    renderGoldenPaths({
      element: <TemplatesPage />,
      address: '/?template=template:default/nothing',
      answer: () => refuse(404, 'NotFoundError', 'There is no such template'),
    });
    expect(
      await screen.findByText('The golden path cannot be shown'),
    ).toBeVisible();
  });
});
