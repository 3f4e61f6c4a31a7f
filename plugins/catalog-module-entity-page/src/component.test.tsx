import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { entityOf, renderPage } from './__testUtils__/renderPage';

const TICKETING = entityOf('Group', 'ticketing', {
  metadata: {
    description: 'Sells tickets',
    annotations: { 'waymark.dev/lead': 'user:default/maren.osei' },
    links: [
      { url: 'https://chat.test/ticketing', title: '#ticketing', type: 'chat' },
      { url: 'https://rota.test/', type: 'On_Call' },
      { url: 'https://elsewhere.test/', title: 'Wishes', type: 'idea' },
    ],
  },
  spec: {
    type: 'squad',
    profile: { displayName: 'Ticketing Squad', email: 'ticketing@rail.test' },
  },
});

const person = (name: string, displayName: string) =>
  entityOf('User', name, {
    spec: { profile: { displayName } },
    relations: [['memberOf', 'group:default/ticketing']],
  });

const PEOPLE = [
  person('joel.hartwig', 'Joel Hartwig'),
  person('maren.osei', 'Maren Osei'),
];

const component = (name: string, spec: object = {}) =>
  entityOf('Component', name, {
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: 'ticketing',
      ...spec,
    },
  });

function shop(rest: Parameters<typeof entityOf>[2] = {}) {
  return entityOf('Component', 'shop', {
    ...rest,
    spec: { type: 'website', owner: 'ticketing', ...rest.spec },
    relations: [
      ['ownedBy', 'group:default/ticketing'],
      ...(rest.relations ?? []),
    ],
  });
}

/** What must never become the address of a link. */
const SCRIPT = ['javascript', 'alert(1)'].join(':');

const section = (name: string) => screen.findByRole('region', { name });

describe('the page of a component', () => {
  it('says who owns it, who leads them and how to reach them', async () => {
    renderPage(shop(), { others: [TICKETING, ...PEOPLE] });

    const owner = within(await section('Owner and contact'));
    expect(
      await owner.findByRole('link', { name: 'Ticketing Squad' }),
    ).toHaveAttribute('href', '/catalog/default/group/ticketing');
    expect(
      owner.getByRole('link', { name: 'ticketing@rail.test' }),
    ).toHaveAttribute('href', 'mailto:ticketing@rail.test');
    expect(owner.getByRole('link', { name: /^#ticketing/ })).toHaveAttribute(
      'href',
      'https://chat.test/ticketing',
    );
    expect(owner.getByRole('link', { name: /^On call/ })).toBeVisible();
    expect(owner.queryByRole('link', { name: /Wishes/ })).toBeNull();

    const people = await owner.findByRole('list', { name: 'Members' });
    expect(
      within(people)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      expect.stringMatching(/Maren Osei.*Lead/),
      expect.stringMatching(/Joel Hartwig$/),
    ]);
  });

  it('says plainly that nobody owns it, or somebody who is not there', async () => {
    renderPage(entityOf('Component', 'shop', { spec: { owner: 'nobody' } }));
    const owner = await section('Owner and contact');
    expect(
      await within(owner).findByText('The owner is not there'),
    ).toBeVisible();
    expect(owner).toHaveTextContent('group:default/nobody');
    expect(owner).toHaveTextContent('spec.owner');
  });

  it('leads to what belongs to it, and nowhere else', async () => {
    renderPage(
      shop({
        metadata: {
          annotations: {
            'backstage.io/source-location':
              'url:https://git.test/rail/shop/src/branch/main/',
            'backstage.io/techdocs-ref': 'dir:.',
            'waymark.dev/runbook': 'runbook/#first',
          },
          links: [
            { url: SCRIPT, title: 'Numbers', type: 'dashboard' },
            { url: 'data:text/html,hello', title: 'Data' },
            { url: 'https://git.test/rail/shop', title: 'Repository' },
            { url: 'https://logs.test/shop', type: 'logs' },
            { url: 'https://other.test/x', title: 'Anything' },
          ],
        },
      }),
    );

    const places = within(await section('Where things are'));
    expect(
      places
        .getAllByRole('link')
        .map(link => [link.textContent, link.getAttribute('href')]),
    ).toEqual([
      ['Code (opens a new tab)', 'https://git.test/rail/shop/src/branch/main/'],
      ['Docs', '/docs/default/component/shop/'],
      ['Runbook', '/docs/default/component/shop/runbook/#first'],
      ['Logs (opens a new tab)', 'https://logs.test/shop'],
      ['Anything (opens a new tab)', 'https://other.test/x'],
    ]);
    expect(document.body.innerHTML).not.toContain(SCRIPT);
  });

  it('takes a runbook out of its docs for none', async () => {
    renderPage(
      shop({
        metadata: {
          annotations: {
            'backstage.io/techdocs-ref': 'dir:.',
            'waymark.dev/runbook': '../../../../settings',
          },
        },
      }),
    );
    const places = within(await section('Where things are'));
    expect(places.getByRole('link', { name: 'Docs' })).toBeVisible();
    expect(places.queryByRole('link', { name: /Runbook/ })).toBeNull();
  });

  it('says how to run it, in the folder where it is', async () => {
    renderPage(
      shop({
        metadata: {
          annotations: {
            'backstage.io/source-location':
              'url:https://github.com/rail/shop/tree/main/apps/the%20shop/',
            'waymark.dev/run-locally':
              'npm ci\r\nnpm\u202E start\u001B[2K\u200B\n',
          },
        },
      }),
    );
    const run = within(await section('Run it locally'));
    expect(run.getByRole('region', { name: 'Commands' })).toHaveTextContent(
      'git clone https://github.com/rail/shop.git cd shop/apps/the%20shop npm ci npm\uFFFD start\uFFFD[2K\uFFFD',
    );
    expect(run.getByRole('button', { name: 'Copy commands' })).toBeVisible();
  });

  it('lists both directions, by name first and then across APIs', async () => {
    const orders = entityOf('API', 'orders', {
      metadata: { title: 'Orders' },
      spec: { type: 'openapi', owner: 'ticketing' },
    });
    const journeys = entityOf('API', 'journeys', {
      metadata: { title: 'Journeys' },
      spec: { type: 'asyncapi', owner: 'ticketing' },
    });
    const planner = entityOf('Component', 'planner', {
      spec: { type: 'service', owner: 'ticketing', providesApis: ['journeys'] },
      relations: [['providesApi', 'api:default/journeys']],
    });
    const till = entityOf('Component', 'till', {
      spec: { type: 'service', owner: 'ticketing', consumesApis: ['orders'] },
      relations: [['consumesApi', 'api:default/orders']],
    });
    renderPage(
      shop({
        spec: {
          dependsOn: ['resource:db', 'resource:gone'],
          providesApis: ['orders'],
          consumesApis: ['journeys'],
        },
        relations: [
          ['dependsOn', 'resource:default/db', 'resource:default/gone'],
          [
            'dependencyOf',
            'component:default/printer',
            'component:default/secret',
          ],
          ['providesApi', 'api:default/orders'],
          ['consumesApi', 'api:default/journeys'],
        ],
      }),
      {
        others: [
          TICKETING,
          orders,
          journeys,
          planner,
          till,
          component('printer', { lifecycle: 'deprecated' }),
          entityOf('Resource', 'db', {
            spec: { type: 'database', owner: 'ticketing' },
          }),
        ],
      },
    );

    const rows = async (name: string) =>
      within(await screen.findByRole('list', { name }))
        .getAllByRole('listitem')
        .map(item => item.textContent);
    expect(await rows('Depends on')).toEqual([
      expect.stringMatching(/^dbResource, database/),
      expect.stringMatching(/^planner.*through the API Journeys/),
    ]);
    expect(await rows('Used by')).toEqual([
      expect.stringMatching(/^printer.*deprecated/),
      expect.stringMatching(/^till.*through the API Orders/),
    ]);
    expect(await rows('Provides')).toEqual([
      expect.stringMatching(/^OrdersAPI, OpenAPI/),
    ]);
    expect(
      screen.getByRole('link', { name: 'Definition of Journeys' }),
    ).toHaveAttribute('href', '/catalog/default/api/journeys/definition');

    // What it states itself is said to be missing; what others state is not told
    expect(await screen.findByText('resource:default/gone')).toBeVisible();
    expect(document.body).not.toHaveTextContent('secret');
  });

  it('folds two hundred dependencies, in as many requests as one takes', async () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      component(`dep-${index}`),
    );
    const { requests } = renderPage(
      shop({
        relations: [
          [
            'dependsOn',
            ...many.map(({ metadata }) => `component:default/${metadata.name}`),
          ],
        ],
      }),
      { others: [TICKETING, ...PEOPLE, ...many] },
    );

    const list = await screen.findByRole('list', { name: 'Depends on' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(8);
    await screen.findByRole('list', { name: 'Members' });
    await userEvent.click(screen.getByRole('button', { name: 'Show all 200' }));
    expect(within(list).getAllByRole('listitem')).toHaveLength(200);
    await userEvent.click(screen.getByRole('button', { name: 'Show fewer' }));
    expect(within(list).getAllByRole('listitem')).toHaveLength(8);

    // Its neighbours, and the names of the page and of owners, which are batched
    expect(
      requests.filter(name => name === 'getEntitiesByRefs').length,
    ).toBeLessThanOrEqual(3);
    expect(requests.length).toBeLessThanOrEqual(7);
  });

  it('shows what was found wrong with it, with the next step', async () => {
    const location = entityOf('Location', 'generated', {
      status: {
        items: [
          {
            type: 'backstage.io/catalog-processing',
            level: 'error',
            message: 'InputError: line 7 is not YAML',
          },
        ],
      },
    });
    const entity = shop({
      spec: { lifecycle: 'deprecated' },
      metadata: { annotations: { 'backstage.io/orphan': 'true' } },
    });
    renderPage(entity, { ancestors: [entity, location] });

    expect(
      await screen.findByText('This component is deprecated'),
    ).toBeVisible();
    expect(
      screen.getByText('Nothing keeps this page up to date any more'),
    ).toBeVisible();
    expect(
      await screen.findByText(/InputError: line 7 is not YAML/),
    ).toBeVisible();
  });

  it('says what could not be read, and tries again', async () => {
    const { requests } = renderPage(shop(), {
      others: [TICKETING],
      catalog: {
        getEntitiesByRefs: async () => {
          throw new Error('The catalog is away');
        },
      },
    });
    const owner = await section('Owner and contact');
    expect(await within(owner).findByText('The catalog is away')).toBeVisible();
    const before = requests.length;
    await userEvent.click(
      within(owner).getByRole('button', { name: 'Try again' }),
    );
    expect(requests.length).toBeGreaterThan(before);
  });

  it('has a place on top for the cards of others, and menu items of others', async () => {
    renderPage(shop(), {
      extensions: [
        EntityCardBlueprint.make({
          name: 'level',
          attachTo: {
            id: 'entity-content-layout:catalog/overview',
            input: 'top',
          },
          params: {
            filter: { kind: 'component' },
            loader: async () => <p>Level two</p>,
          },
        }),
      ],
    });
    expect(await screen.findByText('Level two')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'More actions' }));
    expect(
      await screen.findByRole('menuitem', { name: 'Unregister entity' }),
    ).toBeVisible();
  });
});
