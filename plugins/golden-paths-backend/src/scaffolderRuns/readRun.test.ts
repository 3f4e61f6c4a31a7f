import { readRun } from './readRun';
import { redact } from './redact';
import { runEvents } from './runEvents';
import { logSchema, taskSchema } from './taskSchemas';

const at = (seconds: number) =>
  new Date(Date.parse('2026-08-03T10:00:00Z') + seconds * 1000).toISOString();
const ms = (seconds: number) => Date.parse(at(seconds));

const TASK = {
  id: '4f6d1f1a-5d3c-4a8e-9f3d-1d9f0f4a7c11',
  status: 'completed',
  createdAt: at(0),
  createdBy: 'user:default/maren',
  spec: {
    steps: [
      { id: 'render', name: 'Write the service', action: 'golden-path:render' },
      { id: 'publish', name: 'Publish', action: 'golden-path:publish' },
    ],
    parameters: {
      name: 'orders',
      owner: 'payments',
      token: 'hunter2',
      leftOut: [{ part: 'docs', reason: 'They are in a wiki' }],
    },
    templateInfo: { entityRef: 'template:default/node-api' },
  },
};
const step = (stepId: string, status: string, seconds: number) => ({
  type: 'log',
  createdAt: at(seconds),
  body: { message: '', stepId, status },
});
const LOGS = [
  step('render', 'processing', 1),
  step('render', 'completed', 2),
  step('publish', 'processing', 2),
  step('publish', 'completed', 4),
  {
    type: 'completion',
    createdAt: at(5),
    body: {
      message: 'Run completed',
      output: {
        links: [
          { title: 'Repository', url: 'https://git.example/payments/orders' },
          { entityRef: 'api:default/orders' },
          { title: 'Open', entityRef: 'component:default/Orders' },
        ],
        environments: [{ id: 'preview', url: 'https://preview.example' }],
      },
    },
  },
];
const read = (task: object = TASK, logs: object[] = LOGS) =>
  readRun(taskSchema.parse(task), logSchema.parse(logs));

describe('a run of the scaffolder', () => {
  it('is read from its task and its log', () => {
    expect(read()).toEqual({
      taskId: TASK.id,
      templateRef: 'template:default/node-api',
      name: 'orders',
      ownerRef: 'group:default/payments',
      createdBy: 'user:default/maren',
      leftOut: ['docs'],
      creates: true,
      entityRef: 'component:default/orders',
      repositoryUrl: 'https://git.example/payments/orders',
      environments: [{ id: 'preview', url: 'https://preview.example' }],
      status: 'completed',
      attempts: 1,
      createdAt: ms(0),
      startedAt: ms(0),
      endedAt: ms(5),
      steps: [
        {
          ...TASK.spec.steps[0],
          status: 'completed',
          startedAt: ms(1),
          endedAt: ms(2),
        },
        {
          ...TASK.spec.steps[1],
          status: 'completed',
          startedAt: ms(2),
          endedAt: ms(4),
        },
      ],
      failedStep: undefined,
      error: undefined,
    });
  });

  it('proposes a newer version of its path to a service', () => {
    const task = {
      ...TASK,
      spec: {
        ...TASK.spec,
        steps: [{ id: 'upgrade', name: '', action: 'golden-path:upgrade' }],
        parameters: { component: 'Orders' },
      },
    };
    const output = {
      changeUrl: 'https://git.example/payments/orders/pull/3',
      version: 'sha256:2',
    };
    const ended = (more: object) => [
      { type: 'completion', createdAt: at(5), body: { output: more } },
    ];
    expect(read(task, ended(output))).toMatchObject({
      creates: false,
      upgrade: {
        entityRef: 'component:default/orders',
        version: 'sha256:2',
        url: 'https://git.example/payments/orders/pull/3',
      },
    });
    const nothing = { entityRef: 'component:default/orders' };
    // Nothing to upgrade, and not proposed yet
    expect(
      read(task, ended({ ...output, changeUrl: undefined })).upgrade,
    ).toEqual(nothing);
    expect(read(task, []).upgrade).toEqual(nothing);
    expect(
      read({ ...TASK, spec: { ...task.spec, steps: TASK.spec.steps } }).upgrade,
    ).toBeUndefined();
  });

  it('becomes events, the same ones however often it is looked at', () => {
    const events = runEvents(read(), { appUrl: 'https://portal.example' });
    expect(
      events.map(({ event, entityRef, observed }) => [
        event.context.type,
        event.context.id,
        event.context.timestamp,
        event.subject.id,
        entityRef,
        observed,
      ]),
    ).toEqual(
      [
        ['pipelinerun.started', `${ms(0)}-started`, at(0), TASK.id],
        ['pipelinerun.finished', `${ms(0)}-finished`, at(5), TASK.id],
        [
          'repository.created',
          'repository',
          at(4),
          'https://git.example/payments/orders',
        ],
        ['environment.created', 'environment-preview', at(5), 'preview'],
      ].map(([type, id, time, subject]) => [
        `dev.cdevents.${type}.0.3.0`,
        `${TASK.id}-${id}`,
        time,
        subject,
        'component:default/orders',
        true,
      ]),
    );
    expect(events[1].event.subject.content).toEqual({
      pipelineName: 'template:default/node-api',
      uri: `https://portal.example/create/tasks/${TASK.id}`,
      outcome: 'success',
    });
    expect(JSON.stringify(events)).not.toContain('hunter2');
    // Nobody could say what they are about
    expect(
      runEvents({ ...read(), entityRef: undefined }, { appUrl: '' }),
    ).toEqual([]);
  });

  it('tells attempts apart, and says where it failed', () => {
    const failed = read({ ...TASK, status: 'failed' }, [
      ...LOGS.slice(0, 3),
      step('publish', 'failed', 3),
      { type: 'recovered', createdAt: at(60), body: {} },
      step('render', 'processing', 61),
      step('render', 'completed', 62),
      step('publish', 'processing', 62),
      step('publish', 'failed', 63),
      {
        type: 'completion',
        createdAt: at(64),
        body: {
          error: { message: 'push to https://a:b@git.example/x was refused' },
        },
      },
    ]);
    expect(failed).toMatchObject({
      status: 'failed',
      attempts: 2,
      createdAt: ms(0),
      startedAt: ms(60),
      endedAt: ms(64),
      failedStep: { id: 'publish', name: 'Publish' },
      error: 'push to https://git.example/x was refused',
    });
    const events = runEvents(
      { ...failed, entityRef: 'component:default/orders' },
      { appUrl: 'https://portal.example' },
    );
    expect(events.map(({ event }) => event.context.id)).toEqual(
      [`${ms(0)}-started`, `${ms(60)}-started`, `${ms(60)}-finished`].map(
        id => `${TASK.id}-${id}`,
      ),
    );
  });

  it('was cancelled, even where the scaffolder says that it failed', () => {
    const cancelled = { type: 'cancelled', createdAt: at(3), body: {} };
    expect(
      read({ ...TASK, status: 'failed' }, [...LOGS.slice(0, 3), cancelled]),
    ).toMatchObject({ status: 'cancelled', endedAt: ms(3) });
  });

  it('takes what is of another shape for nothing', () => {
    expect(
      read({ id: 'x', status: 'paused', createdAt: at(0), spec: 7 }, [
        { type: 'completion', createdAt: at(1), body: { output: [1] } },
        { type: 'log', createdAt: at(1), body: 'text' },
      ]),
    ).toMatchObject({ status: 'processing', creates: false, steps: [] });
    expect(
      read(TASK, [
        {
          type: 'completion',
          createdAt: at(5),
          body: {
            output: {
              entityRef: ':::',
              repositoryUrl: 'ftp://git.example/orders',
              links: [7, { url: 'file:///etc/passwd', entityRef: {} }],
              environments: 'all',
            },
          },
        },
      ]),
    ).toMatchObject({
      entityRef: undefined,
      repositoryUrl: undefined,
      environments: [],
    });
  });

  it('only changes what is there when it publishes nothing of its own', () => {
    for (const action of [
      'golden-path:propose',
      'publish:github:pull-request',
      'publish:gitlab:merge-request',
      undefined,
    ]) {
      const task = {
        ...TASK,
        spec: { steps: [{ id: 'a', name: 'a', action }] },
      };
      expect(read(task).creates).toBe(false);
    }
  });
});

describe('what people typed and no database keeps', () => {
  it.each(['a\0b', 'half a \ud83d'])('is left out: %j', text => {
    const parameters = { name: text, owner: 'payments' };
    const output = {
      repositoryUrl: `https://git.example/${text}`,
      environments: [{ id: text }],
    };
    const run = read({ ...TASK, spec: { ...TASK.spec, parameters } }, [
      { type: 'completion', createdAt: at(5), body: { output } },
    ]);
    expect(run).toMatchObject({
      ownerRef: 'group:default/payments',
      environments: [],
    });
    expect(run.name).toBeUndefined();
    expect(run.repositoryUrl).toBeUndefined();
  });
});

describe('what is said of an error', () => {
  it.each([
    ['clone https://waymark:s3cret@git.example/a.git', 's3cret'],
    ['Authorization: Bearer abcdefghijkl', 'abcdefghijkl'],
    ['{"apiKey": "abc-123", "a": 1}', 'abc-123'],
    ['password=hunter2&x=1', 'hunter2'],
    ['bad ghp_0123456789abcdef', 'ghp_'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIB\n', 'MIIB'],
  ])('holds no secret: %s', (message, secret) => {
    expect(redact(message)).not.toContain(secret);
    expect(redact(message)).toContain('…'.slice(0, Number(!/@/.test(message))));
  });

  it('is one short line, however long the message is', () => {
    expect(redact('Nothing is\n\there')).toBe('Nothing is here');
    const long = redact('token'.repeat(1_000_000));
    expect(long.length).toBeLessThanOrEqual(500);
    expect(redact(`${'x'.repeat(498)}${'🚂'.repeat(9)}`).isWellFormed()).toBe(
      true,
    );
  });
});
