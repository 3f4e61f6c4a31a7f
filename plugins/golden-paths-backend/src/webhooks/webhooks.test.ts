import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { mockServices } from '@backstage/backend-test-utils';
import { eventually } from '@waymark/backend-test-support';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import { startGoldenPaths } from '../__testUtils__/startGoldenPaths';
import { SECRET, webhook } from '../__testUtils__/webhook';
import { DatabaseDeliveryStore } from './DatabaseDeliveryStore';

const payload = { ref: 'refs/heads/main', commits: [], note: 'Zoë ✓' };

describe.each(databases.eachSupportedId())('webhooks on %s', id => {
  let knex: Knex;
  const running: { stop(): Promise<unknown> }[] = [];

  beforeEach(async () => {
    knex = await initDatabase(id);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(backend => backend.stop()));
  });

  const start = async (
    options: Omit<Parameters<typeof startGoldenPaths>[0], 'knex'> = {},
  ) => {
    const backend = await startGoldenPaths({ knex, ...options });
    running.push(backend);
    return backend;
  };
  const rows = () => knex('webhook_deliveries').orderBy('received_at');
  const answer = async (response: Response) => ({
    status: response.status,
    message: (await response.json()).error?.message,
  });

  it('publishes a signed delivery with its metadata, and keeps no body', async () => {
    const { heard, webhookUrl } = await start();
    const sent = webhook(payload, { deliveryId: 'a-1' });
    const response = await fetch(webhookUrl, sent);
    expect(response.status).toBe(202);
    await expect(response.json()).resolves.toEqual({ status: 'accepted' });

    await eventually('both topics', () => heard.length === 2);
    const metadata = {
      'x-github-event': 'push',
      'x-github-delivery': 'a-1',
      'x-github-hook-id': '42',
    };
    expect(heard).toEqual(
      expect.arrayContaining([
        { topic: 'github', eventPayload: payload, metadata },
        { topic: 'github.push', eventPayload: payload, metadata },
      ]),
    );
    const [row] = await eventually('it is marked', async () => {
      const all = await rows();
      return all[0]?.state === 'published' && all;
    });
    expect(row).toMatchObject({ delivery_id: 'a-1', body: null, error: null });
    expect(JSON.stringify(row)).not.toContain('sha256=');
  });

  it('refuses what is forged, unsigned, malformed or too large, and writes nothing', async () => {
    const { heard, webhookUrl } = await start({
      config: {
        goldenPaths: {
          webhooks: { maxBytes: 1000, github: { secrets: [SECRET] } },
        },
      },
    });
    const send = async (...parameters: Parameters<typeof webhook>) =>
      answer(await fetch(webhookUrl, webhook(...parameters)));
    const headers = (changed: Record<string, string | undefined>) => ({
      headers: changed,
    });

    const unauthorised = {
      status: 401,
      message: 'The signature of the webhook is missing or wrong',
    };
    const good = webhook(payload).headers['x-hub-signature-256'];
    for (const signature of [
      undefined,
      '',
      'sha256=',
      'sha1=0000',
      `sha256=${'0'.repeat(64)}`,
      `sha256=${'é'.repeat(32)}`.replace(/é/g, '%E9'),
      good.toUpperCase(),
      good.slice(0, -1),
      `${good}0`,
    ]) {
      await expect(
        send(payload, headers({ 'x-hub-signature-256': signature })),
      ).resolves.toEqual(unauthorised);
    }
    await expect(send(payload, { secret: 'another' })).resolves.toEqual(
      unauthorised,
    );
    // The signature of one body on another, and on the beginning of its own
    for (const body of [
      JSON.stringify({ ...payload, ref: 'refs/heads/other' }),
      JSON.stringify(payload).slice(0, -5),
      '',
    ]) {
      await expect(
        send(body, headers({ 'x-hub-signature-256': good })),
      ).resolves.toEqual(unauthorised);
    }

    for (const name of ['x-github-event', 'x-github-delivery']) {
      for (const value of [undefined, '', 'a b', 'x'.repeat(65)]) {
        const result = await send(payload, headers({ [name]: value }));
        expect(result.status).toBe(400);
        expect(result.message?.toLowerCase()).toContain(name);
      }
    }
    for (const body of ['', 'payload=1', '[]', 'null', '"text"', '{"a":']) {
      await expect(send(body)).resolves.toEqual({
        status: 400,
        message: 'The body is not a JSON object',
      });
    }
    await expect(
      send(`${'{"a":'.repeat(101)}1${'}'.repeat(101)}`),
    ).resolves.toEqual({
      status: 400,
      message: 'The body has more than 100 levels',
    });
    const form = 'application/x-www-form-urlencoded';
    await expect(
      send(payload, headers({ 'content-type': form })),
    ).resolves.toMatchObject({ status: 415 });
    await expect(
      send(payload, headers({ 'content-encoding': 'gzip' })),
    ).resolves.toMatchObject({ status: 415 });
    await expect(send({ text: 'x'.repeat(1000) })).resolves.toMatchObject({
      status: 413,
    });
    expect((await fetch(webhookUrl)).status).toBe(404);

    expect(await rows()).toEqual([]);
    expect(heard).toEqual([]);
  });

  it('refuses too large a body without reading it, and survives one that breaks off', async () => {
    const { webhookUrl } = await start();
    const { headers } = webhook(payload);
    const begin = (length: number) =>
      httpRequest(webhookUrl, {
        method: 'POST',
        headers: { ...headers, 'content-length': length },
      });

    const large = begin(25_000_000);
    const status = await new Promise(resolve => {
      large.on('response', response => resolve(response.statusCode));
      large.on('error', () => {});
      large.write('{');
    });
    large.destroy();
    expect(status).toBe(413);

    // Without a length it is known only on the way
    const endless = httpRequest(webhookUrl, { method: 'POST', headers });
    const answered = new Promise(resolve => {
      endless.on('response', response => resolve(response.statusCode));
      endless.on('error', () => {});
    });
    endless.write(Buffer.alloc(5_000_001, ' '));
    expect(await answered).toBe(413);
    endless.destroy();

    const truncated = begin(JSON.stringify(payload).length + 10);
    const closed = new Promise(resolve => truncated.on('close', resolve));
    truncated.on('error', () => {});
    truncated.write(JSON.stringify(payload));
    await new Promise(resolve => setTimeout(resolve, 200));
    truncated.destroy();
    await closed;

    expect(await rows()).toEqual([]);
    const response = await fetch(webhookUrl, webhook(payload));
    expect(response.status).toBe(202);
  });

  it('says what to set as long as there is no secret', async () => {
    const { webhookUrl } = await start({ config: {} });
    for (const secret of ['', 'undefined', SECRET]) {
      const { status, message } = await answer(
        await fetch(webhookUrl, webhook(payload, { secret })),
      );
      expect(status).toBe(503);
      expect(message).toContain('goldenPaths.webhooks.github.secrets');
    }
    expect(await rows()).toEqual([]);
  });

  it('takes every secret there is, of Apps too', async () => {
    const { webhookUrl } = await start({
      config: {
        goldenPaths: { webhooks: { github: { secrets: ['old', 'new', ''] } } },
        integrations: {
          github: [
            {
              host: 'github.com',
              apps: [
                {
                  appId: 1,
                  clientId: 'id',
                  clientSecret: 'client secret',
                  privateKey: 'private key',
                  webhookSecret: 'of the app',
                },
              ],
            },
          ],
        },
      },
    });
    const statuses: number[] = [];
    for (const secret of ['old', 'new', 'of the app', '', 'client secret']) {
      const response = await fetch(
        webhookUrl,
        webhook({ ...payload, secret }, { secret }),
      );
      statuses.push(response.status);
    }
    expect(statuses).toEqual([202, 202, 202, 401, 401]);
  });

  it('accepts a delivery once, whoever asks and whatever its id', async () => {
    const [one, two] = [await start(), await start()];
    const sent = Array.from({ length: 10 }, (_, number) =>
      webhook({ ...payload, number }),
    );
    const statuses = await Promise.all(
      sent.flatMap(delivery =>
        [one, two, one, two].map(
          async ({ webhookUrl }) => (await fetch(webhookUrl, delivery)).status,
        ),
      ),
    );
    expect(statuses.filter(status => status === 202)).toHaveLength(10);
    expect(statuses.filter(status => status === 409)).toHaveLength(30);

    const replay = {
      ...sent[0],
      headers: { ...sent[0].headers, 'x-github-delivery': randomUUID() },
    };
    const refused = await answer(await fetch(two.webhookUrl, replay));
    const [first] = await rows();
    expect(refused).toEqual({
      status: 409,
      message: expect.stringContaining('This delivery was accepted at 20'),
    });
    expect(first).toBeDefined();

    const count = () =>
      [...one.heard, ...two.heard].filter(({ topic }) => topic === 'github')
        .length;
    await eventually('all are published', () => count() >= 10);
    expect(count()).toBe(10);
    expect(await rows()).toHaveLength(10);
  });

  it('publishes after a restart what a crash left behind', async () => {
    // What is in the database when a replica dies between its answer and its
    // publishing
    const store = DatabaseDeliveryStore.create({ database: knex });
    const long = Date.now() - 3_600_000;
    await store.accept(
      {
        sender: 'github',
        deliveryId: 'left-behind',
        digest: 'c'.repeat(64),
        event: 'push',
        metadata: { 'x-github-event': 'push' },
        body: JSON.stringify(payload),
      },
      { now: new Date(long), leaseUntil: new Date(long + 60_000) },
    );

    const { heard, webhookUrl } = await start({
      features: [
        mockServices.scheduler.factory({
          includeInitialDelayedTasksOnStartup: true,
        }),
      ],
    });
    await eventually('it is published', () => heard.length === 2);
    expect(heard.map(({ topic }) => topic).sort()).toEqual([
      'github',
      'github.push',
    ]);
    expect(heard[0].eventPayload).toEqual(payload);
    // Written down once everybody has heard it
    const [left] = await eventually('it is written down', async () => {
      const kept = await rows();
      return kept[0].state === 'published' && kept;
    });
    expect(left).toMatchObject({ body: null, attempts: 2 });
    const replay = webhook(payload, { deliveryId: 'left-behind' });
    expect((await fetch(webhookUrl, replay)).status).toBe(409);
  });

  it.each(['github', 'github.push'])(
    'does not start beside an ingress for %s that checks nothing',
    async topic => {
      await expect(
        start({ config: { events: { http: { topics: [topic] } } } }),
      ).rejects.toThrow(`events.http.topics must not name ${topic}:`);
    },
  );
});
