import { Knex } from 'knex';
import { ARGOCD_SECRET, notification } from '../../__testUtils__/argocd';
import { databases, initDatabase } from '../../__testUtils__/databases';
import { startGoldenPaths } from '../../__testUtils__/startGoldenPaths';

describe.each(databases.eachSupportedId())('Argo CD on %s', id => {
  let knex: Knex;
  let backend: Awaited<ReturnType<typeof startGoldenPaths>>;

  beforeAll(async () => {
    knex = await initDatabase(id);
    backend = await startGoldenPaths({
      knex,
      config: {
        goldenPaths: {
          webhooks: {
            maxBytes: 20_000,
            argocd: { secrets: ['', 'an older one', ARGOCD_SECRET] },
          },
        },
      },
    });
  });
  afterEach(async () => {
    await knex('events').delete();
  });
  afterAll(() => backend?.stop());

  async function send(
    body: unknown,
    headers: Record<string, string | undefined> = {},
  ) {
    const all = {
      'content-type': 'application/json',
      authorization: `Bearer ${ARGOCD_SECRET}`,
      ...headers,
    };
    const response = await fetch(`${backend.url}/webhooks/argocd`, {
      method: 'POST',
      headers: Object.fromEntries(
        Object.entries(all).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value]],
        ),
      ),
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const answer = await response.json();
    return { status: response.status, ...answer };
  }
  const events = async () => {
    const rows = await knex('events').orderBy('sequence');
    return rows.map(row => ({
      type: row.type.split('.').slice(2, 4).join('.'),
      observed: Boolean(row.observed),
      receivedFrom: row.received_from,
      ...JSON.parse(row.envelope).data,
    }));
  };

  it('takes a healthy application for a deployment, once', async () => {
    await expect(send(notification())).resolves.toMatchObject({
      status: 202,
      accepted: 1,
      duplicates: 0,
    });
    // Told again, synchronized again, or replayed later
    for (const again of [
      notification(),
      notification({ at: '2026-10-06T00:00:00Z' }),
      notification({ revisions: ['a1', 'a1'], at: '2026-10-07T00:00:00Z' }),
    ]) {
      await expect(send(again)).resolves.toMatchObject({
        status: 202,
        accepted: 0,
        duplicates: 1,
      });
    }
    expect(await events()).toMatchObject([
      {
        type: 'service.deployed',
        observed: true,
        receivedFrom: 'argocd',
        context: {
          source:
            'https://argocd.kestrelvale.example/applications/argocd/fares-production',
          timestamp: '2026-10-05T09:00:00.000Z',
        },
        subject: {
          id: 'fares-production',
          content: {
            environment: { id: 'production' },
            artifactId:
              'pkg:oci/fares?repository_url=registry.example%2Frail%2Ffares&tag=main-4f2c1a9',
          },
        },
        customData: {
          argocdApp: 'fares-production',
          argocdLabels: { environment: 'production' },
          revision: '4f2c1a9',
          configRevision: 'a1',
        },
      },
    ]);
  });

  it('tells upgrades, rollbacks and attempts apart', async () => {
    await send(notification({ revisions: ['a1', 'b2'] }));
    await send(notification({ revisions: ['a1', 'b2', 'a1'] }));
    await send(
      notification({
        status: 'Progressing',
        sync: 'OutOfSync',
        changes: {
          operation: {
            phase: 'Failed',
            message: 'one or more objects failed to apply',
            finishedAt: '2026-10-05T10:00:00Z',
          },
        },
      }),
    );
    await send(notification({ status: 'Progressing' }));
    await send(notification({ sync: 'OutOfSync' }));
    expect(await events()).toMatchObject([
      { type: 'service.upgraded' },
      { type: 'service.rolledback' },
      {
        type: 'taskrun.finished',
        subject: { content: { taskName: 'deploy', outcome: 'failure' } },
        customData: { environment: 'production' },
      },
    ]);
  });

  it('takes a degraded one for an incident, until it is healthy again', async () => {
    const degraded = notification({
      status: 'Degraded',
      at: '2026-10-05T11:00:00Z',
    });
    await send(notification());
    await send(degraded);
    await send(degraded);
    // Mended by another revision
    const healthy = notification({
      revisions: ['a1', 'b2'],
      at: '2026-10-05T11:20:00Z',
    });
    await expect(send(healthy)).resolves.toMatchObject({ accepted: 2 });
    await expect(send(healthy)).resolves.toMatchObject({ accepted: 0 });
    const incident = { subject: { id: 'fares-production@a1' } };
    expect(await events()).toMatchObject([
      { type: 'service.deployed' },
      {
        type: 'incident.detected',
        context: { timestamp: '2026-10-05T11:00:00.000Z' },
        ...incident,
      },
      { type: 'service.upgraded' },
      {
        type: 'incident.resolved',
        context: { timestamp: '2026-10-05T11:20:00.000Z' },
        ...incident,
      },
    ]);
  });

  it('refuses what has no secret, what is too large and what is no notification', async () => {
    for (const authorization of [
      undefined,
      'Bearer',
      'Bearer ',
      'Bearer undefined',
      ARGOCD_SECRET,
      `Basic ${ARGOCD_SECRET}`,
      `Bearer ${ARGOCD_SECRET}x`,
      `Bearer ${ARGOCD_SECRET.slice(0, -1)}`,
    ]) {
      await expect(
        send(notification(), { authorization }),
      ).resolves.toMatchObject({
        status: 401,
        error: {
          message: 'The secret of the notification is missing or wrong',
        },
      });
    }
    await expect(
      send(notification({ changes: { images: ['x'.repeat(20_000)] } })),
    ).resolves.toMatchObject({ status: 413 });
    await expect(
      send(notification(), { 'content-type': 'text/plain' }),
    ).resolves.toMatchObject({ status: 415 });

    const nested = `${'['.repeat(9_000)}${']'.repeat(9_000)}`;
    const future = '2999-01-01T00:00:00Z';
    const ancient = '1066-10-14T09:00:00Z';
    const bad: [unknown, string][] = [
      ['{', 'JSON'],
      [nested, 'body'],
      [notification({ status: 'Fine' }), 'health.status'],
      [notification({ at: 'yesterday' }), 'health.lastTransitionTime'],
      [notification({ at: future }), 'timestamp'],
      [notification({ at: ancient }), 'timestamp'],
      [notification({ changes: { server: 'data:text/html,x' } }), 'server'],
      ...['\0', '\ud800'].map((end): [unknown, string] => [
        notification({ changes: { server: `https://argocd.example/${end}` } }),
        'U+0000 or half a character',
      ]),
      [notification({ changes: { application: {} } }), 'application.name'],
      [
        notification({
          changes: {
            health: { status: 'Healthy' },
            operation: null,
            reconciledAt: null,
            history: null,
          },
        }),
        'health.lastTransitionTime',
      ],
    ];
    for (const [body, named] of bad) {
      const { status, error } = await send(body);
      expect({ named, status }).toEqual({ named, status: 400 });
      expect(error.message).toContain(named);
    }
    expect(await events()).toEqual([]);
    // Halves of characters in what only names the image become whole ones
    const images = ['shop/\ud800@sha256:\ud800'];
    await expect(
      send(notification({ changes: { images } })),
    ).resolves.toMatchObject({ status: 202 });
  });
});

it('says what to set as long as there is no secret', async () => {
  const knex = await initDatabase('SQLITE_3');
  const backend = await startGoldenPaths({ knex, config: {} });
  const response = await fetch(`${backend.url}/webhooks/argocd`, {
    method: 'POST',
    headers: { authorization: 'Bearer undefined' },
  });
  expect(response.status).toBe(503);
  expect((await response.json()).error.message).toContain(
    'goldenPaths.webhooks.argocd.secrets',
  );
  await backend.stop();
});
