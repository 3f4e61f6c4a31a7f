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
      [{ ...of(ledger), padding: 'x'.repeat(10_000) }, own, 413, /large/],
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
      source: '/people/maren',
      attributes: { entityref: 'Component:Ledger' },
    });
    await expect(push(event, { user: 'maren' })).resolves.toMatchObject({
      status: 202,
      body: { entityRef: ledger },
    });
    const stolen = { ...event, entityref: search };
    await expect(push(stolen, { user: 'joel' })).resolves.toMatchObject({
      status: 409,
      message: expect.stringContaining('another entity'),
    });
    const { body } = await list(ledger);
    expect(body.items[0].receivedFrom).toBe('user:default/maren');
  });

  it('shows events to who may see them, page by page, the latest first', async () => {
    const { authorization } = await issue('joel', [search]);
    const days = [3, 1, 2, 2, 2];
    for (const [index, day] of days.entries()) {
      const { status } = await push(
        cloudEvent({
          id: `page-${index}`,
          timestamp: `2026-08-0${day}T12:00:00+02:00`,
        }),
        { authorization },
      );
      expect(status).toBe(202);
    }

    const seen: string[] = [];
    let query = '&limit=2';
    for (;;) {
      const { body } = await list(search, query);
      seen.push(...body.items.map((item: { id: string }) => item.id));
      if (!body.nextCursor) {
        break;
      }
      query = `&limit=2&cursor=${body.nextCursor}`;
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
      `&cursor=${tooFar}`,
    ]) {
      await expect(list(search, query_)).resolves.toMatchObject({
        status: 400,
      });
    }
    await expect(intake.call(EVENTS, { user: 'maren' })).resolves.toMatchObject(
      { status: 400 },
    );
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
