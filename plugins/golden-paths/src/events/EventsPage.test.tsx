import { screen, within } from '@testing-library/react';
import type { DeliveryEvent } from '@waymark/plugin-golden-paths-common';
import { renderGoldenPaths } from '../__testUtils__/renderGoldenPaths';
import { EventsPage } from './EventsPage';

const event = (more: Partial<DeliveryEvent> = {}): DeliveryEvent => ({
  id: 'run-118',
  source: 'https://ci.example.com/fares',
  type: 'dev.cdevents.service.deployed.0.3.0',
  entityRef: 'component:default/fares',
  observed: true,
  sample: false,
  subjectId: 'fares',
  occurredAt: '2026-11-20T10:00:00.000Z',
  receivedAt: '2026-11-20T10:00:01.000Z',
  receivedFrom: 'plugin:forge-runner',
  data: {
    context: {
      specversion: '0.5.1',
      id: 'run-118',
      source: 'https://ci.example.com/fares',
      type: 'dev.cdevents.service.deployed.0.3.0',
      timestamp: '2026-11-20T10:00:00Z',
    },
    subject: {
      id: 'fares',
      content: { environment: { id: 'staging' }, artifactId: 'pkg:oci/fares' },
    },
  },
  ...more,
});

describe('EventsPage', () => {
  it('lists what happened, with more on request, and shows an event as it came', async () => {
    const { requests, user } = renderGoldenPaths({
      element: <EventsPage />,
      answer: ({ query }) =>
        query.get('cursor')
          ? {
              body: {
                items: [
                  event({
                    id: 'run-117',
                    entityRef: undefined,
                    observed: false,
                  }),
                ],
              },
            }
          : { body: { items: [event()], nextCursor: 'next' } },
    });
    const row = await screen.findByRole('row', { name: /Service deployed/ });
    expect(row).toHaveTextContent('staging · pkg:oci/fares');
    expect(row).toHaveTextContent('Observed');
    expect(within(row).getByRole('link', { name: 'fares' })).toHaveAttribute(
      'href',
      '/catalog/default/component/fares',
    );

    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('Not in the catalog')).toBeVisible();
    expect(screen.getByText('Claimed')).toBeVisible();
    expect(screen.getByText('2 shown')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Show more' }),
    ).not.toBeInTheDocument();

    await user.click(
      screen.getAllByRole('button', { name: /Show details/ })[0],
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('"specversion": "0.5.1"');
    expect(requests.map(({ path }) => path)).toEqual(['/events', '/events']);
  });

  it('is narrowed by its address, and shows all again', async () => {
    const { requests, user } = renderGoldenPaths({
      element: <EventsPage />,
      address: '/?eventId=run-118&source=https://ci.example.com/fares',
      answer: () => ({ body: { items: [event()] } }),
    });
    await screen.findByRole('row', { name: /Service deployed/ });
    expect(requests[0].query.get('eventId')).toBe('run-118');
    expect(requests[0].query.get('source')).toBe(
      'https://ci.example.com/fares',
    );
    expect(screen.getByText('Only the event run-118')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    await screen.findByText('1 shown');
    expect(requests.at(-1)!.query.get('eventId')).toBeNull();
  });

  it('offers those of no service only to whom they are open', async () => {
    renderGoldenPaths({
      element: <EventsPage />,
      isAllowed: name => name !== 'golden-paths.unmatched.read',
      answer: () => ({ body: { items: [] } }),
    });
    expect(await screen.findByText('Nothing was reported yet')).toBeVisible();
    expect(screen.queryByRole('switch')).not.toBeInTheDocument();
  });

  it('says so when the list cannot be loaded, and tries again', async () => {
    let isBroken = true;
    const { user } = renderGoldenPaths({
      element: <EventsPage />,
      answer: () =>
        isBroken
          ? { status: 503, body: { error: { message: 'away' } } }
          : { body: { items: [event()] } },
    });
    expect(await screen.findByText('The events cannot be shown')).toBeVisible();
    isBroken = false;
    await user.click(screen.getByRole('button', { name: /again/i }));
    expect(
      await screen.findByRole('row', { name: /Service deployed/ }),
    ).toBeVisible();
  });
});
