import { SCAFFOLDER_SOURCE } from '@waymark/plugin-golden-paths-common';
import {
  DerivedDeployment,
  DerivedPipelineRun,
  SourceEvent,
} from '../derive/Derived';
import { ScaffolderRun } from '../scaffolderRuns/ScaffolderRun';
import { deriveFirstSteps } from './deriveFirstSteps';

const T = Date.parse('2026-08-03T10:00:00Z');

function event(
  type: string,
  at: number,
  more: { source?: string; observed?: boolean; custom?: object } = {},
): SourceEvent {
  const { source = 'https://ci.example', observed = true, custom } = more;
  const id = `${type}-${at}`;
  return {
    sequence: String(at),
    source,
    id,
    type,
    occurredAt: at,
    observed,
    sample: false,
    data: {
      context: {
        specversion: '0.5.1',
        id,
        source,
        type: `dev.cdevents.${type}.0.3.0`,
        timestamp: new Date(at).toISOString(),
      },
      subject: { id: 'task-1', content: {} },
      ...(custom && { customData: { ...custom } }),
    },
  };
}

function deployment(more: Partial<DerivedDeployment>): DerivedDeployment {
  return {
    eventSequence: '1',
    environment: 'staging',
    tier: 'staging',
    kind: 'deployed',
    deployedAt: T,
    observed: true,
    sample: false,
    rework: false,
    ...more,
  };
}

function pipelineRun(more: Partial<DerivedPipelineRun>): DerivedPipelineRun {
  return { runId: '1', eventSequence: '1', sample: false, ...more };
}

const requested = event('pipelinerun.started', T, {
  source: SCAFFOLDER_SOURCE,
  custom: { template: 'template:default/node-api', requestedBy: 'user:a/b' },
});
const repository = event('repository.created', T + 5);

const run: ScaffolderRun = {
  taskId: 'task-1',
  templateRef: 'template:default/node-api',
  creates: true,
  environments: [],
  status: 'completed',
  attempts: 1,
  createdAt: T,
  startedAt: T,
  endedAt: T + 20,
  steps: [
    {
      id: 'ingest',
      name: 'Enter it in the catalog',
      action: 'golden-path:ingest',
      status: 'completed',
      endedAt: T + 10,
    },
  ],
};

describe('deriveFirstSteps', () => {
  it('says when each step was first reached, in whatever order it was heard', () => {
    const events = [
      requested,
      event('pipelinerun.started', T + 500, {
        source: SCAFFOLDER_SOURCE,
        custom: { creates: false },
      }),
      repository,
      event('repository.created', T + 50),
      event('artifact.published', T + 90),
      event('artifact.published', T + 80),
    ];
    const deployments = [
      deployment({ deployedAt: T + 70, observed: false }),
      deployment({ deployedAt: T + 110 }),
      deployment({ deployedAt: T + 100 }),
      deployment({ deployedAt: T + 60, kind: 'removed' }),
      deployment({ deployedAt: T + 200, tier: 'production' }),
    ];
    const pipelineRuns = [
      pipelineRun({ runId: '1', outcome: 'failure', finishedAt: T + 20 }),
      pipelineRun({ runId: '3', outcome: 'success', finishedAt: T + 40 }),
      pipelineRun({ runId: '2', outcome: 'success', finishedAt: T + 30 }),
    ];
    const expected = {
      taskId: 'task-1',
      templateRef: 'template:default/node-api',
      requestedBy: 'user:a/b',
      requestedAt: T,
      repositoryAt: T + 5,
      pipelineAt: T + 30,
      artifactAt: T + 80,
      stagingAt: T + 100,
      catalogAt: T + 10,
      productionAt: T + 200,
      stuck: undefined,
      sample: false,
    };
    const derived = { deployments, pipelineRuns };
    const catalogAt = T + 12;
    expect(deriveFirstSteps({ events, derived, catalogAt, run })).toEqual(
      expected,
    );
    expect(
      deriveFirstSteps({
        events: events.toReversed(),
        derived: {
          deployments: deployments.toReversed(),
          pipelineRuns: pipelineRuns.toReversed(),
        },
        catalogAt,
        run,
      }),
    ).toEqual(expected);
  });

  it.each([
    ['a service that nobody asked for', [repository], undefined],
    [
      'somebody else under the name of the scaffolder',
      [
        event('pipelinerun.started', T, {
          source: SCAFFOLDER_SOURCE,
          observed: false,
        }),
      ],
      undefined,
    ],
    ['a run that changed what was there', [], { ...run, creates: false }],
  ])('has nothing to say of %s', (_, events, theRun) => {
    expect(
      deriveFirstSteps({
        events,
        derived: { deployments: [], pipelineRuns: [] },
        run: theRun,
      }),
    ).toBeUndefined();
  });

  it('takes the request from the run where its events are missing', () => {
    expect(
      deriveFirstSteps({
        events: [],
        derived: { deployments: [], pipelineRuns: [] },
        run: { ...run, createdBy: 'user:default/maren' },
      }),
    ).toMatchObject({
      taskId: 'task-1',
      requestedBy: 'user:default/maren',
      requestedAt: T,
    });
  });

  it('leaves open when something older than the portal came into the catalog', () => {
    const given = {
      events: [requested],
      derived: { deployments: [deployment({})], pipelineRuns: [] },
      catalogAt: T + 1000,
    };
    expect(deriveFirstSteps({ ...given, knownSince: T + 900 })).toMatchObject({
      catalogAt: undefined,
      stuck: undefined,
    });
    expect(deriveFirstSteps({ ...given, knownSince: T - 1 })).toMatchObject({
      catalogAt: T + 1000,
    });
    const finished = event('pipelinerun.finished', T + 15, {
      source: SCAFFOLDER_SOURCE,
    });
    finished.data.subject.content.outcome = 'success';
    expect(
      deriveFirstSteps({
        ...given,
        events: [requested, finished],
        knownSince: T + 900,
      }),
    ).toMatchObject({ catalogAt: T + 15 });
  });

  const failed: ScaffolderRun = {
    ...run,
    status: 'failed',
    failedStep: { id: 'publish', name: 'Create the repository' },
    error: 'The name is taken',
  };
  const succeeded = pipelineRun({
    runId: 'a',
    outcome: 'success',
    startedAt: T + 10,
    finishedAt: T + 30,
    url: 'https://ci.example/a',
  });
  const broken = pipelineRun({
    runId: 'b',
    name: 'main',
    outcome: 'failure',
    startedAt: T + 40,
    finishedAt: T + 50,
    url: 'https://ci.example/b',
  });
  it.each<
    [
      string,
      Partial<Parameters<typeof deriveFirstSteps>[0]> & {
        deployments?: DerivedDeployment[];
        pipelineRuns?: DerivedPipelineRun[];
      },
      object | undefined,
    ]
  >([
    [
      'a run that goes on',
      { run: { ...run, status: 'processing', endedAt: undefined } },
      {
        step: 'repository',
        since: T,
        reason: 'waiting',
        url: '/create/tasks/task-1',
      },
    ],
    [
      'a run that failed',
      { run: failed },
      {
        step: 'repository',
        since: T + 20,
        reason: 'failed',
        message: 'The run failed at “Create the repository”: The name is taken',
        url: '/create/tasks/task-1',
      },
    ],
    [
      'no pipeline',
      { events: [requested, repository] },
      { step: 'pipeline', since: T + 5, reason: 'waiting' },
    ],
    [
      'a pipeline that runs',
      {
        events: [requested, repository],
        pipelineRuns: [pipelineRun({ startedAt: T + 10 })],
      },
      {
        step: 'pipeline',
        since: T + 10,
        reason: 'waiting',
        message: 'A pipeline is running',
      },
    ],
    [
      'a pipeline that failed',
      { events: [requested, repository], pipelineRuns: [broken] },
      {
        step: 'pipeline',
        since: T + 50,
        reason: 'failed',
        message: 'The pipeline “main” failed',
        url: 'https://ci.example/b',
      },
    ],
    [
      'no artifact',
      { events: [requested], pipelineRuns: [succeeded] },
      { step: 'artifact', since: T + 30, reason: 'waiting' },
    ],
    [
      'a failure after a success',
      {
        events: [requested, event('artifact.published', T + 20)],
        pipelineRuns: [broken, succeeded],
      },
      { step: 'staging', since: T + 50, reason: 'failed' },
    ],
    [
      'a deployment that is only claimed',
      {
        events: [requested],
        pipelineRuns: [succeeded],
        deployments: [deployment({ deployedAt: T + 60, observed: false })],
      },
      {
        step: 'staging',
        since: T + 60,
        reason: 'waiting',
        message: expect.stringContaining('nothing has seen it'),
      },
    ],
    [
      'a service that runs and is in no catalog',
      { deployments: [deployment({})], events: [requested] },
      { step: 'catalog', reason: 'waiting' },
    ],
    [
      'a service that runs, of which nothing else was heard',
      { deployments: [deployment({})], events: [requested], catalogAt: T },
      undefined,
    ],
  ])('says where it is stuck: %s', (_, given, stuck) => {
    const { deployments = [], pipelineRuns = [], events = [], ...more } = given;
    const steps = deriveFirstSteps({
      events,
      derived: { deployments, pipelineRuns },
      ...more,
    });
    expect(steps).toMatchObject({ requestedAt: T, stuck });
  });
});
