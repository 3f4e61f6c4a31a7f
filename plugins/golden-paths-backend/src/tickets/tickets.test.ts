import { createHmac, randomUUID } from 'node:crypto';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { eventually } from '@waymark/backend-test-support';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import { startSupport } from '../__testUtils__/startSupport';
import { SECRET } from '../__testUtils__/webhook';

const question = (changes: Record<string, unknown> = {}) => ({
  title: 'The form refuses my group',
  text: 'It says `not yours`. @platform-team, see #12 <!-- x -->',
  category: 'access',
  templateRef: 'template:default/java-service',
  step: 'Owner',
  page: '/create/templates/default/java-service?formData=%7B%22a%22%3A1%7D',
  requestId: randomUUID(),
  ...changes,
});

describe.each(databases.eachSupportedId())('tickets on %s', id => {
  let knex: Knex;
  const running: { stop(): Promise<unknown> }[] = [];
  const servers: Server[] = [];

  beforeEach(async () => {
    knex = await initDatabase(id);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(backend => backend.stop()));
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  });

  async function start(
    support: Record<string, unknown> = {},
    options: { failure?: () => Error | undefined } = {},
  ) {
    const backend = await startSupport({
      knex,
      config: {
        app: { baseUrl: 'https://portal.example/' },
        goldenPaths: {
          support: { group: 'group:default/platform', ...support },
          webhooks: { tracker: { secrets: [SECRET] } },
        },
      },
      ...options,
    });
    running.push(backend);
    return backend;
  }
  const events = async () => {
    const rows = await knex('events').orderBy('sequence');
    return rows.map(row => ({
      type: row.type.split('.').slice(2, 4).join('.'),
      entityRef: row.entity_ref,
      ...JSON.parse(row.envelope).data,
    }));
  };
  const told = (ticketId: string) =>
    eventually('everybody is told', async () => {
      const row = await knex('support_tickets').where({ id: ticketId }).first();
      return row.next_attempt_at === null && row;
    });
  /** A tracker that takes webhooks; `answer` says what it says. */
  async function startTracker(
    answer: (body: string, request: IncomingMessage) => [number, unknown],
  ) {
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) {
        body += chunk;
      }
      const [status, json] = answer(body, request);
      response.statusCode = status;
      response.end(JSON.stringify(json));
    });
    servers.push(server);
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  }

  it('counts a question for the squad, and tells the platform team', async () => {
    const { call, sent } = await start();
    const wish = question();
    const asked = await call('joel', '/tickets', { body: wish });
    expect(asked).toMatchObject({
      status: 201,
      title: wish.title,
      ownerRef: 'group:default/ticketing',
      createdBy: 'user:default/joel',
      page: '/create/templates/default/java-service',
    });
    expect(asked.url).toBeUndefined();
    // Sent again, since the answer was lost
    await expect(
      call('joel', '/tickets', { body: wish }),
    ).resolves.toMatchObject({ status: 200, id: asked.id });

    await told(asked.id);
    expect(await events()).toMatchObject([
      {
        type: 'ticket.created',
        entityRef: 'group:default/ticketing',
        context: { id: `${asked.id}/created` },
        subject: {
          id: asked.id,
          content: {
            summary: wish.title,
            ticketType: 'access',
            creator: 'user:default/joel',
            group: 'group:default/platform',
            uri: `/delivery/support?ticket=${asked.id}`,
          },
        },
        customData: {
          category: 'access',
          squad: 'group:default/ticketing',
          template: 'template:default/java-service',
          step: 'Owner',
        },
      },
    ]);
    expect(JSON.stringify(await events())).not.toContain('not yours');
    expect(sent).toMatchObject([
      {
        recipients: {
          entityRef: 'group:default/platform',
          excludeEntityRef: 'user:default/joel',
        },
        payload: { link: `/delivery/support?ticket=${asked.id}` },
      },
    ]);

    // What it is about counts, and belongs to the owner of that
    const about = await call('adaeze', '/tickets', {
      body: question({ entityRef: 'Component:fares' }),
    });
    expect(about).toMatchObject({
      entityRef: 'component:default/fares',
      ownerRef: 'group:default/ticketing',
    });
    const alone = await call('nobody', '/tickets', { body: question() });
    expect(alone).toMatchObject({ status: 201 });
    await told(about.id);
    await told(alone.id);
    expect(new Set((await events()).map(event => event.entityRef))).toEqual(
      new Set(['group:default/ticketing', 'component:default/fares', null]),
    );
  });

  it('shows people their own questions, and all to the platform team, who close them', async () => {
    const { call, sent } = await start();
    const first = await call('joel', '/tickets', { body: question() });
    const second = await call('nobody', '/tickets', { body: question() });
    const ids = async (who: string, query = '') => {
      const { items, manages } = await call(who, `/tickets${query}`);
      return { manages, ids: items.map((item: { id: string }) => item.id) };
    };
    await expect(ids('joel')).resolves.toEqual({
      manages: false,
      ids: [first.id],
    });
    await expect(ids('adaeze')).resolves.toEqual({
      manages: true,
      ids: [second.id, first.id],
    });
    await expect(ids('adaeze', '?mine=true')).resolves.toMatchObject({
      ids: [],
    });
    await expect(ids('adaeze', '?owner=ticketing')).resolves.toMatchObject({
      ids: [first.id],
    });
    const page = await call('adaeze', '/tickets?limit=1');
    expect(page.items).toMatchObject([{ id: second.id }]);
    await expect(
      ids('adaeze', `?limit=1&cursor=${page.nextCursor}`),
    ).resolves.toMatchObject({ ids: [first.id] });
    await expect(
      call('joel', `/tickets?cursor=${page.nextCursor}`),
    ).resolves.toMatchObject({ status: 400 });
    await expect(call('joel', `/tickets/${second.id}`)).resolves.toMatchObject({
      status: 404,
    });

    await expect(
      call('joel', `/tickets/${first.id}/close`, { body: {} }),
    ).resolves.toMatchObject({ status: 403 });
    for (let time = 0; time < 2; time++) {
      await expect(
        call('adaeze', `/tickets/${first.id}/close`, { body: {} }),
      ).resolves.toMatchObject({
        status: 200,
        closedBy: 'user:default/adaeze',
      });
    }
    await told(first.id);
    const closed = (await events()).filter(({ type }) =>
      type.endsWith('closed'),
    );
    expect(closed).toMatchObject([{ subject: { id: first.id } }]);
    expect(sent).toContainEqual(
      expect.objectContaining({
        recipients: {
          type: 'entity',
          entityRef: 'user:default/joel',
          excludeEntityRef: 'user:default/adaeze',
        },
      }),
    );
    await expect(ids('adaeze', '?open=true')).resolves.toMatchObject({
      ids: [second.id],
    });
  });

  it('refuses what is no question, and more than a person may ask', async () => {
    const { call } = await start({ maxPerHour: 2 });
    const bad: [Record<string, unknown>, string][] = [
      [{ title: '' }, 'title'],
      [{ title: 'a\nb' }, 'title'],
      [{ title: 'x'.repeat(201) }, 'title'],
      [{ text: '   ' }, 'text'],
      [{ text: 'x'.repeat(10_001) }, 'text'],
      [{ text: 'a\u0000b' }, 'text'],
      [{ category: 'gossip' }, 'category'],
      [{ entityRef: 'component:default/unheard-of' }, 'entityRef'],
      [{ page: 'https://elsewhere.example' }, 'page'],
      [{ page: '//elsewhere.example' }, 'page'],
      [{ requestId: 'x' }, 'requestId'],
      [{ secret: 'x' }, 'secret'],
    ];
    for (const [changes, named] of bad) {
      const { status, error } = await call('joel', '/tickets', {
        body: question(changes),
      });
      expect({ named, status }).toEqual({ named, status: 400 });
      expect(error.message).toContain(named);
    }
    await expect(
      call('joel', '/tickets', {
        body: question({ text: ['x'.repeat(70_000)] }),
      }),
    ).resolves.toMatchObject({ status: 413 });
    const statuses: number[] = [];
    for (let time = 0; time < 3; time++) {
      statuses.push(
        (await call('joel', '/tickets', { body: question() })).status,
      );
    }
    expect(statuses).toEqual([201, 201, 429]);
    await expect(
      call('nobody', '/tickets', { body: question() }),
    ).resolves.toMatchObject({ status: 201 });
  });

  it('is told again until the tracker and the notifications take it', async () => {
    let isAway = true;
    const received: { body: string; headers: IncomingMessage['headers'] }[] =
      [];
    const url = await startTracker((body, { headers }) => {
      received.push({ body, headers });
      return isAway
        ? [503, {}]
        : [200, { key: 'HELP-7', url: 'https://tracker.example/HELP-7' }];
    });
    const { call, sent } = await start(
      { tracker: { webhook: { url, secret: 'outgoing' } } },
      {
        failure: () =>
          isAway ? new Error('Request failed with status 502') : undefined,
      },
    );
    const asked = await call('joel', '/tickets', { body: question() });
    const waiting = await eventually('it has failed', async () => {
      const row = await knex('support_tickets').first();
      return row.attempts > 0 && row;
    });
    expect(waiting.tracker_error).toContain('it answers 503');
    expect(Number(waiting.next_attempt_at)).toBeGreaterThan(Date.now());
    // It counts whatever else is away
    expect(await events()).toMatchObject([{ type: 'ticket.created' }]);
    expect(sent).toEqual([]);

    isAway = false;
    await knex('support_tickets').update({ next_attempt_at: 0 });
    // Any question wakes whoever tells
    await call('nobody', '/tickets', { body: question() });
    await told(asked.id);
    await expect(call('joel', `/tickets/${asked.id}`)).resolves.toMatchObject({
      url: 'https://tracker.example/HELP-7',
    });
    expect(sent.length).toBeGreaterThan(0);
    const { body, headers } = received[0];
    expect(headers['idempotency-key']).toBe(asked.id);
    expect(headers['x-hub-signature-256']).toBe(
      `sha256=${createHmac('sha256', 'outgoing').update(body).digest('hex')}`,
    );
    expect(JSON.parse(body)).toMatchObject({
      reference: asked.id,
      category: 'access',
      squad: 'group:default/ticketing',
      url: `https://portal.example/delivery/support?ticket=${asked.id}`,
    });
    expect(body).not.toContain('formData');
    await expect(
      call('adaeze', `/tickets/${asked.id}/close`, { body: {} }),
    ).resolves.toMatchObject({
      status: 409,
      error: { message: expect.stringContaining('tracker.example/HELP-7') },
    });
  });

  it('hears from the tracker what becomes of tickets', async () => {
    const { call, url } = await start();
    const asked = await call('joel', '/tickets', { body: question() });
    await told(asked.id);

    async function hook(
      notice: unknown,
      options: { secret?: string; signature?: string } = {},
    ) {
      const body = typeof notice === 'string' ? notice : JSON.stringify(notice);
      const hex = createHmac('sha256', options.secret ?? SECRET)
        .update(body)
        .digest('hex');
      const response = await fetch(`${url}/webhooks/tracker`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-hub-signature-256': options.signature ?? `sha256=${hex}`,
        },
        body,
      });
      return { status: response.status, ...(await response.json()) };
    }
    const notice = (action: string, changes: Record<string, unknown> = {}) => ({
      action,
      ticket: {
        key: 'HELP-8',
        title: 'Need a database',
        url: 'https://tracker.example/HELP-8',
        createdAt: '2026-10-05T09:00:00Z',
        ...changes,
      },
    });
    const closedAt = '2026-10-05T11:00:00+02:00';

    // One that somebody opened there
    await hook(notice('created', { squad: 'ticketing', category: 'request' }));
    await hook(notice('closed', { closedAt }));
    await expect(hook(notice('closed', { closedAt }))).resolves.toMatchObject({
      status: 202,
      accepted: 0,
      duplicates: 1,
    });
    // The one that was asked in the portal
    const mine = { key: 'HELP-9', reference: asked.id };
    await expect(hook(notice('created', mine))).resolves.toMatchObject({
      accepted: 0,
    });
    await hook(notice('closed', { ...mine, closedAt }));
    await expect(call('joel', `/tickets/${asked.id}`)).resolves.toMatchObject({
      closedAt: '2026-10-05T09:00:00.000Z',
      url: 'https://tracker.example/HELP-8',
    });
    // Its mark in another issue is worth nothing now
    await hook(
      notice('closed', { closedAt, key: 'EVIL-1', reference: asked.id }),
    );
    await hook(notice('reopened', mine));
    const reopened = await call('joel', `/tickets/${asked.id}`);
    expect(reopened.closedAt).toBeUndefined();
    expect(
      (await events()).map(({ type, subject, entityRef }) => [
        type,
        subject.id,
        entityRef,
      ]),
    ).toEqual([
      ['ticket.created', asked.id, 'group:default/ticketing'],
      ['ticket.created', 'HELP-8', 'group:default/ticketing'],
      ['ticket.closed', 'HELP-8', 'group:default/ticketing'],
      ['ticket.closed', asked.id, 'group:default/ticketing'],
      ['ticket.closed', 'EVIL-1', null],
    ]);

    for (const options of [
      { secret: 'another' },
      { signature: '' },
      { signature: 'sha256=00' },
    ]) {
      await expect(hook(notice('created'), options)).resolves.toMatchObject({
        status: 401,
      });
    }
    const bad: [unknown, string][] = [
      ['[]', 'JSON object'],
      [notice('deleted'), 'action'],
      [notice('closed'), 'closedAt'],
      [notice('created', { url: 'data:text/html,x' }), 'url'],
      [notice('created', { key: '' }), 'key'],
      [notice('created', { createdAt: '2999-01-01T00:00:00Z' }), 'timestamp'],
    ];
    for (const [body, named] of bad) {
      const { status, error } = await hook(body);
      expect({ named, status }).toEqual({ named, status: 400 });
      expect(error.message).toContain(named);
    }
  });
});
