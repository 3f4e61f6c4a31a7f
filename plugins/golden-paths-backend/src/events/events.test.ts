import { eventually } from '@waymark/backend-test-support';
import { cloudEvent, SOURCE } from '../__testUtils__/cloudEvent';
import { databases } from '../__testUtils__/databases';
import { startGithub } from '../__testUtils__/startGithub';
import { Intake, startIntake } from '../__testUtils__/startIntake';

jest.setTimeout(120_000);

const EVENTS = '/api/golden-paths/events';
const ledger = 'component:default/ledger';
const billing = 'component:default/billing';
const search = 'component:default/search';

describe.each(databases.eachSupportedId())('events on %s', id => {
  let intake: Intake;

  beforeAll(async () => {
    intake = await startIntake(id);
  });
  afterAll(async () => {
    await intake?.stop();
  });

  async function issue(user: string, entityRefs: string[], more: object = {}) {
    const { status, body } = await intake.call(
      '/api/ci-credentials/credentials',
      {
        user,
        body: { source: SOURCE, entityRefs, ...more },
        contentType: 'application/json',
      },
    );
    expect(status).toBe(201);
    return {
      id: body.credential.id,
      authorization: `Bearer ${body.token}`,
    };
  }
  const push = (
    event: unknown,
    options: Omit<Parameters<Intake['call']>[1] & object, 'body'>,
  ) => intake.call(EVENTS, { ...options, body: event });
  const list = (entityRef: string, query = '', user = 'maren') =>
    intake.call(
      `${EVENTS}?entityRef=${encodeURIComponent(entityRef)}${query}`,
      { user },
    );

  it('keeps what a pipeline reports, once', async () => {
    const { id: credential, authorization } = await issue('maren', [ledger]);
    const event = cloudEvent({ id: 'once' });
    const accepted = {
      id: 'once',
      source: SOURCE,
      entityRef: ledger,
      duplicate: false,
    };
    await expect(push(event, { authorization })).resolves.toMatchObject({
      status: 202,
      body: accepted,
    });
    // What counts is the first one, whatever comes later under its name
    const other = cloudEvent({ id: 'once', subjectId: 'other' });
    await expect(push(other, { authorization })).resolves.toMatchObject({
      status: 200,
      body: { ...accepted, duplicate: true },
    });

    const { body } = await list(ledger);
    expect(body).toEqual({
      items: [
        {
          id: 'once',
          source: SOURCE,
          type: 'dev.cdevents.service.deployed.0.3.0',
          entityRef: ledger,
          observed: false,
          sample: false,
          subjectId: 'ledger',
          occurredAt: '2026-08-01T10:00:00.000Z',
          receivedAt: expect.stringMatching(/^20\d\d-.*Z$/),
          receivedFrom: `ci:token:${credential}`,
          data: event.data,
        },
      ],
    });
  });

  it('takes one of many equal events that arrive at once', async () => {
    const { authorization } = await issue('maren', [billing]);
    const event = cloudEvent({ id: 'at once' });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => push(event, { authorization })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 7 }, () => 200),
      202,
    ]);
    expect((await list(billing)).body.items).toHaveLength(1);
  });

  it('refuses with the reason, and writes nothing', async () => {
    const before = await Promise.all(
      [ledger, billing, search].map(ref => list(ref)),
    );
    const own = await issue('maren', [ledger]);
    const both = await issue('maren', [ledger, billing]);
    const revoked = await issue('maren', [ledger]);
    await intake.call(`/api/ci-credentials/credentials/${revoked.id}/revoke`, {
      user: 'maren',
      body: {},
      contentType: 'application/json',
    });
    const of = (entityref: string, more: object = {}) =>
      cloudEvent({ ...more, attributes: { entityref } });

    for (const [event, options, status, reason] of [
      [of(ledger), {}, 401, /credentials/i],
      [
        of(ledger),
        { authorization: 'Bearer wmk_ci_x_y' },
        401,
        /CI credential|unknown|token/i,
      ],
      [of(ledger), { authorization: revoked.authorization }, 401, /revoked/],
      [of(search), own, 403, /search/],
      [of('component:default/not-there'), own, 403, /not-there/],
      [
        of(ledger, { source: 'https://ci.example/other' }),
        own,
        403,
        /may not speak as/,
      ],
      [cloudEvent(), both, 400, /entityref/],
      [cloudEvent(), { user: 'maren' }, 400, /entityref/],
      [of('ledger'), { user: 'maren' }, 400, /full entity ref/],
      [of(search), { user: 'maren' }, 403, /golden-paths\.event\.push.*search/],
      [of('component:default/not-there'), { user: 'maren' }, 403, /not-there/],
      [{ ...of(ledger), type: 'nothing' }, own, 400, /type/],
      ['{', own, 400, /./],
      [
        of(ledger),
        { ...own, contentType: 'application/json' },
        415,
        /cloudevents\+json/,
      ],
      [{ ...of(ledger), padding: 'x'.repeat(10_000) }, own, 413, /10000 bytes/],
    ] as [unknown, object, number, RegExp][]) {
      const answer = await push(event, options);
      expect(answer).toEqual(
        expect.objectContaining({
          status,
          message: expect.stringMatching(reason),
        }),
      );
    }

    const after = await Promise.all(
      [ledger, billing, search].map(ref => list(ref)),
    );
    expect(after.map(({ body }) => body)).toEqual(
      before.map(({ body }) => body),
    );
  });

  it('takes what owners report, and does not mix up entities', async () => {
    const event = cloudEvent({
      id: 'by hand',
      source: 'user:default/maren/by-hand',
      attributes: { entityref: 'Component:Ledger' },
    });
    await expect(push(event, { user: 'maren' })).resolves.toMatchObject({
      status: 202,
      body: { entityRef: ledger },
    });
    const { body } = await list(ledger);
    expect(body.items[0].receivedFrom).toBe('user:default/maren');
    const borrowed = { ...event, entityref: search };
    await expect(push(borrowed, { user: 'joel' })).resolves.toMatchObject({
      status: 403,
      message: expect.stringMatching(/^source: .*user:default\/joel/),
    });
  });

  it('lets nobody take the ids of others, whatever source they name', async () => {
    // Joel can write the source of Maren's pipeline into a credential of his own
    const thief = await issue('joel', [search]);
    const owner = await issue('maren', [ledger]);
    const event = cloudEvent({ id: 'to be stolen' });
    await expect(push(event, thief)).resolves.toMatchObject({
      status: 202,
      body: { entityRef: search },
    });
    for (const status of [202, 200]) {
      await expect(push(event, owner)).resolves.toMatchObject({
        status,
        body: { entityRef: ledger },
      });
    }
  });

  it('takes what plugins of the portal saw, of any entity and of none', async () => {
    const authorization = await intake.asPlugin();
    const [of, ofNone] = [
      cloudEvent({ id: 'seen', attributes: { entityref: search } }),
      cloudEvent({ id: 'seen of none', subjectId: 'who knows' }),
    ];
    await expect(push(of, { authorization })).resolves.toMatchObject({
      status: 202,
      body: { entityRef: search },
    });
    const answer = await push(ofNone, { authorization });
    expect(answer.status).toBe(202);
    expect(answer.body.entityRef).toBeUndefined();

    const { body } = await list(search, '&observed=true');
    expect(body.items).toMatchObject([
      { id: 'seen', observed: true, receivedFrom: 'plugin:runner' },
    ]);
    const unmatched = `${EVENTS}?unmatched=true`;
    await expect(
      intake.call(unmatched, { user: 'maren' }),
    ).resolves.toMatchObject({
      status: 200,
      body: {
        items: expect.arrayContaining([
          expect.objectContaining({ id: 'seen of none' }),
        ]),
      },
    });
    await expect(
      intake.call(unmatched, { user: 'stranger' }),
    ).resolves.toMatchObject({
      status: 403,
      message: expect.stringContaining('golden-paths.unmatched.read'),
    });
  });

  it('takes anything from those who may report for all', async () => {
    const event = cloudEvent({ id: 'by Adaeze' });
    const answer = await push(event, { user: 'adaeze' });
    expect(answer).toMatchObject({ status: 202 });
    expect(answer.body.entityRef).toBeUndefined();
  });

  it('believes observers, if somebody vouches for their source', async () => {
    const source = 'https://cd.example/west';
    const observed: [string, string[]][] = [
      // What Maren writes into a credential of hers, nobody has checked
      ['maren', [ledger]],
      ['adaeze', [ledger, search]],
    ];
    for (const [who, entityRefs] of observed) {
      const { authorization } = await issue(who, entityRefs, { source });
      await push(
        cloudEvent({
          id: `observed by ${who}`,
          source: `${source}/runs/1`,
          attributes: { entityref: ledger },
        }),
        { authorization },
      );
    }
    // May speak as more than the observer, so that is not what it is
    const { authorization } = await issue('adaeze', [ledger], {
      source: 'https:',
    });
    await push(
      cloudEvent({ id: 'observed by none', source: `https://cd.example` }),
      { authorization },
    );
    const { body } = await list(ledger, '&limit=3');
    expect(
      body.items.map((item: { id: string; observed: boolean }) => [
        item.id,
        item.observed,
      ]),
    ).toEqual([
      ['observed by none', false],
      ['observed by adaeze', true],
      ['observed by maren', false],
    ]);
  });

  it('takes a batch, and tells what became of each event', async () => {
    const { authorization } = await issue('maren', [ledger]);
    const contentType = 'application/cloudevents-batch+json; charset=UTF-8';
    const good = cloudEvent({ id: 'in a batch' });
    const large = cloudEvent({
      id: 'large',
      attributes: { padding: 'x'.repeat(1_000) },
    });
    Object.assign(large.data, { customData: { a: 'x'.repeat(9_500) } });
    const answer = await push(
      [
        good,
        good,
        null,
        { ...good, id: '' },
        cloudEvent({ attributes: { entityref: search } }),
        large,
        cloudEvent({ id: 'the last' }),
      ],
      { authorization, contentType },
    );
    expect(answer.status).toBe(207);
    const accepted = { source: SOURCE, entityRef: ledger };
    const rejected = (name: string, message: RegExp) => ({
      status: 'rejected',
      error: { name, message: expect.stringMatching(message) },
    });
    expect(answer.body).toEqual({
      items: [
        { status: 'accepted', id: 'in a batch', ...accepted },
        { status: 'duplicate', id: 'in a batch', ...accepted },
        rejected('InputError', /the event: /),
        rejected('InputError', /: id: /),
        rejected('NotAllowedError', /^entityref: .*search/),
        rejected('PayloadTooLargeError', /10000 bytes/),
        { status: 'accepted', id: 'the last', ...accepted },
      ],
    });

    for (const batch of [[], [good]]) {
      await expect(
        push(batch, { authorization, contentType }),
      ).resolves.toMatchObject({
        status: 202,
        body: { items: batch.map(() => ({ status: 'duplicate' })) },
      });
    }
    for (const [batch, status] of [
      [good, 400],
      [Array(1_001).fill(1), 413],
      ['x'.repeat(2_000_001), 413],
    ] as const) {
      await expect(
        push(batch, { authorization, contentType }),
      ).resolves.toMatchObject({ status });
    }
  });

  it('takes ten thousand shuffled duplicates for what they are', async () => {
    const { authorization } = await issue('maren', [billing]);
    const contentType = 'application/cloudevents-batch+json';
    const events = Array.from({ length: 500 }, (_, index) =>
      cloudEvent({
        id: `shuffled-${index}`,
        timestamp: new Date(Date.UTC(2026, 1, 1) + index * 1_000).toISOString(),
      }),
    );
    const before = (await list(billing)).body.items.length;
    const all = Array.from({ length: 20 }, () => events).flat();
    const shuffled = all
      .map((event, index) => ({ event, key: (index * 7_919) % all.length }))
      .sort((one, other) => one.key - other.key);
    const batches = Array.from({ length: 10 }, (_, index) =>
      shuffled.slice(index * 1_000, (index + 1) * 1_000),
    );
    const answers = await Promise.all(
      batches.map(batch =>
        push(
          batch.map(({ event }) => event),
          { authorization, contentType },
        ),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(202));
    const accepted = answers
      .flatMap(({ body }) => body.items)
      .filter(({ status }) => status === 'accepted')
      .map(item => item.id);
    expect(new Set(accepted).size).toBe(500);
    expect(accepted).toHaveLength(500);
    const stored = await list(billing, '&limit=500&to=2026-02-02');
    expect(stored.body.items).toHaveLength(500);
    expect(before).toBe(1);
  });

  it('takes an event whose attributes are headers', async () => {
    const { authorization } = await issue('maren', [ledger]);
    const { data } = cloudEvent({ id: 'ä%' });
    const binary = (
      headers: Record<string, string>,
      contentType = 'application/json',
    ) =>
      intake.call(EVENTS, {
        authorization,
        body: data,
        contentType,
        headers: {
          'ce-specversion': '1.0',
          'ce-id': '%C3%A4%25',
          'ce-source': SOURCE,
          'ce-type': data.context.type,
          'ce-time': data.context.timestamp,
          ...headers,
        },
      });
    await expect(binary({})).resolves.toMatchObject({
      status: 202,
      body: { id: 'ä%' },
    });
    await expect(binary({ 'ce-type': '' })).resolves.toMatchObject({
      status: 400,
      message: expect.stringMatching(/: type: /),
    });
    await expect(binary({ 'ce-id': '%E4' })).resolves.toMatchObject({
      status: 400,
      message: expect.stringMatching(/^ce-id: /),
    });
    await expect(binary({}, 'text/plain')).resolves.toMatchObject({
      status: 415,
    });
  });

  it('refuses bodies that are none', async () => {
    const { authorization } = await issue('maren', [ledger]);
    const text = JSON.stringify(cloudEvent());
    const type = 'application/cloudevents+json';
    for (const [body, contentType, status, reason] of [
      ['', type, 400, /not JSON/],
      ['{', type, 400, /not JSON/],
      [text.replace('{', '{"id":"a",'), type, 400, /"id" stands twice/],
      [
        text.replace('"environment":{', '"environment":{"id":"production",'),
        type,
        400,
        /"id" stands twice/,
      ],
      [Buffer.from('{"a":"\xff"}', 'latin1'), type, 400, /not UTF-8/],
      [`${'['.repeat(4_000)}${']'.repeat(4_000)}`, type, 400, /levels/],
      [text, `${type}; charset=iso-8859-1`, 415, /charset/],
      [text, 'application/cloudevents+avro', 415, /content type/],
      [text, 'application/json', 415, /ce-specversion/],
    ] as const) {
      await expect(
        intake.call(EVENTS, { authorization, body, contentType }),
      ).resolves.toMatchObject({
        status,
        message: expect.stringMatching(reason),
      });
    }
    await expect(
      intake.call(EVENTS, {
        authorization,
        body: text,
        headers: { 'content-encoding': 'gzip' },
      }),
    ).resolves.toMatchObject({ status: 415 });
  });

  it('says which routes it has', async () => {
    const { body } = await intake.call('/api/golden-paths/openapi.json', {
      user: 'maren',
    });
    expect(Object.keys(body.paths)).toContain('/events');
  });

  it('takes no samples, unless it was told to', async () => {
    const { authorization } = await issue('maren', [ledger]);
    await expect(
      push(cloudEvent({ attributes: { sample: true } }), { authorization }),
    ).resolves.toMatchObject({
      status: 400,
      message: expect.stringMatching(/^sample: .*goldenPaths\.sample/),
    });
  });

  it('shows events to who may see them, page by page, the latest first', async () => {
    const { authorization } = await issue('joel', [search]);
    const days = [3, 1, 2, 2, 2];
    for (const [index, day] of days.entries()) {
      const { status } = await push(
        cloudEvent({
          id: `page-${index}`,
          source: `${SOURCE}/pages`,
          timestamp: `2026-08-0${day}T12:00:00+02:00`,
        }),
        { authorization },
      );
      expect(status).toBe(202);
    }

    const seen: string[] = [];
    const pages = `&limit=2&source=${SOURCE}/pages`;
    let query = pages;
    for (;;) {
      const { body } = await list(search, query);
      seen.push(...body.items.map((item: { id: string }) => item.id));
      if (!body.nextCursor) {
        break;
      }
      query = `${pages}&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual(['page-0', 'page-4', 'page-3', 'page-2', 'page-1']);

    await expect(list(search, '', 'stranger')).resolves.toMatchObject({
      status: 403,
      message: expect.stringContaining('golden-paths.event.read'),
    });
    await expect(
      intake.call(`${EVENTS}?entityRef=${search}`),
    ).resolves.toMatchObject({ status: 401 });
    await expect(
      intake.call(`${EVENTS}?entityRef=${search}`, { authorization }),
    ).resolves.toMatchObject({ status: 403 });
    const tooFar = Buffer.from(
      JSON.stringify(['2026-08-01T10:00:00Z', '9999999999999999999']),
    ).toString('base64url');
    for (const query_ of [
      '&limit=0',
      '&limit=501',
      '&cursor=x',
      '&more=1',
      '&type=%25',
      '&observed=yes',
      '&from=yesterday',
      '&unmatched=true',
      `&cursor=${tooFar}`,
    ]) {
      await expect(list(search, query_)).resolves.toMatchObject({
        status: 400,
      });
    }
    for (const query_ of ['environment=staging', 'eventId=1']) {
      await expect(
        intake.call(`${EVENTS}?${query_}`, { user: 'maren' }),
      ).resolves.toMatchObject({ status: 400 });
    }
  });

  it('shows those that are asked for', async () => {
    const { authorization } = await issue('joel', [search]);
    const ids = async (query_: string) =>
      (await list(search, query_)).body.items.map(
        (item: { id: string }) => item.id,
      );
    await push(
      cloudEvent({
        id: 'merged',
        source: `${SOURCE}/7`,
        type: 'dev.cdevents.change.merged.0.3.0',
        timestamp: '2026-07-01T00:00:00Z',
        content: {},
      }),
      { authorization },
    );
    await push(cloudEvent({ id: 'staged' }), { authorization });
    expect(await ids('&type=change')).toEqual(['merged']);
    expect(await ids('&type=change.merged')).toEqual(['merged']);
    expect(await ids('&type=dev.cdevents.change.merged.0.3.0')).toEqual([
      'merged',
    ]);
    expect(await ids('&type=change.mer')).toEqual([]);
    expect(await ids(`&source=${SOURCE}/7`)).toEqual(['merged']);
    expect(await ids('&eventId=merged')).toEqual(['merged']);
    expect(await ids('&to=2026-07-02')).toEqual(['merged']);
    expect(await ids('&from=2026-07-01&to=2026-07-01')).toEqual([]);
    expect(await ids('&environment=staging')).not.toContain('merged');
    expect(await ids('&environment=staging')).toContain('staged');
    expect(await ids('&environment=production')).toEqual([]);

    // Of all entities that one may see, once the portal knows of them
    const ofAll = async (user: string) =>
      (await intake.call(`${EVENTS}?source=${SOURCE}/7`, { user })).body.items;
    await eventually('the events of all entities are listed', async () => {
      const [found] = await ofAll('maren');
      return found?.id === 'merged';
    });
    expect(await ofAll('stranger')).toEqual([]);
  });
});

it('takes what a workflow reports for what was read from its repository', async () => {
  const github = await startGithub({});
  const intake = await startIntake('SQLITE_3', { github });
  try {
    const { value } = await github.control('POST', '/oidc/tokens', {
      repository: 'acme/paid',
      audience: github.oidc.audience,
    });
    const source = `${github.url}/acme/paid`;
    const push = (attributes?: Record<string, unknown>) =>
      intake.call(EVENTS, {
        authorization: `Bearer ${value}`,
        body: cloudEvent({ source, attributes }),
      });
    // Whoever claims the repository does not come between the two
    await expect(push()).resolves.toMatchObject({
      status: 202,
      body: { entityRef: 'component:default/paid' },
    });
    await expect(push({ entityref: search })).resolves.toMatchObject({
      status: 202,
      body: { entityRef: search },
    });
  } finally {
    await intake.stop();
    await github.stop();
  }
});

it('refuses pipelines where they may do something else', async () => {
  const intake = await startIntake('SQLITE_3', {
    pipelinesMay: 'golden-paths.event.read',
  });
  try {
    const { body } = await intake.call('/api/ci-credentials/credentials', {
      user: 'maren',
      body: { source: SOURCE, entityRefs: [ledger] },
      contentType: 'application/json',
    });
    const answer = await intake.call(EVENTS, {
      authorization: `Bearer ${body.token}`,
      body: cloudEvent(),
    });
    expect(answer).toMatchObject({
      status: 403,
      message: expect.stringContaining('golden-paths.event.push'),
    });
  } finally {
    await intake.stop();
  }
});

it('takes samples where it was told to, and believes their observers', async () => {
  const intake = await startIntake('SQLITE_3', {
    goldenPathsConfig: { sample: true, observers: [{ source: '/watch' }] },
  });
  try {
    const ids = ['/watch/1', '/watcher'];
    for (const source of ids) {
      const event = cloudEvent({
        id: source,
        source,
        attributes: { entityref: ledger, sample: true },
      });
      await expect(
        intake.call(EVENTS, { user: 'adaeze', body: event }),
      ).resolves.toMatchObject({ status: 202 });
    }
    const { body } = await intake.call(`${EVENTS}?entityRef=${ledger}`, {
      user: 'maren',
    });
    expect(body.items).toMatchObject([
      { id: '/watcher', sample: true, observed: false },
      { id: '/watch/1', sample: true, observed: true },
    ]);
  } finally {
    await intake.stop();
  }
});

it('does not start with an observer that is none', async () => {
  await expect(
    startIntake('SQLITE_3', {
      goldenPathsConfig: { observers: [{ source: 'https://cd.example/' }] },
    }),
  ).rejects.toThrow(/goldenPaths\.observers\[0\]\.source/);
});
