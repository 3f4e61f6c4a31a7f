import { SCAFFOLDER_SOURCE } from '@waymark/plugin-golden-paths-common';
import {
  deriveSettings,
  eventFactory,
  november,
} from '../__testUtils__/sourceEvents';
import { derive } from './derive';

const HOUR = 3_600_000;

describe('pipeline runs', () => {
  it('are what their last attempt was', () => {
    const event = eventFactory();
    const report = (
      what: 'started' | 'finished',
      moment: string,
      subjectId: string,
      outcome?: string,
    ) =>
      event(`pipelinerun.${what}`, `02T${moment}`, {
        subjectId,
        content: { pipelineName: 'main', uri: 'https://ci.example/1', outcome },
      });
    const { pipelineRuns, rollups } = derive(
      [
        report('started', '10:00', 'once'),
        report('finished', '11:00', 'once', 'success'),
        report('started', '10:00', 'twice'),
        report('started', '10:30', 'twice'),
        report('finished', '11:00', 'twice', 'failure'),
        report('started', '10:00', 'again'),
        report('finished', '10:10', 'again', 'failure'),
        report('started', '10:20', 'again'),
        report('finished', '13:20', 'again', 'success'),
        report('started', '10:00', 'running'),
        report('finished', '10:10', 'running', 'failure'),
        report('started', '10:20', 'running'),
        report('finished', '10:00', 'never started', 'error'),
        report('finished', '10:00', 'cancelled', 'cancel'),
        report('finished', '10:00', 'odd', 'who knows'),
      ],
      deriveSettings,
    );
    const hour = (time?: number) =>
      time === undefined ? undefined : (time - november('02T00:00')) / HOUR;
    expect(
      Object.fromEntries(
        pipelineRuns.map(({ runId, outcome, startedAt, finishedAt }) => [
          runId,
          [outcome, hour(startedAt), hour(finishedAt)],
        ]),
      ),
    ).toEqual({
      once: ['success', 10, 11],
      twice: ['failure', 10.5, 11],
      again: ['success', 10 + 1 / 3, 13 + 1 / 3],
      running: [undefined, 10 + 1 / 3, undefined],
      'never started': ['error', undefined, 10],
      cancelled: ['cancel', undefined, 10],
      odd: [undefined, undefined, 10],
    });
    expect(pipelineRuns[0]).toMatchObject({
      name: 'main',
      url: 'https://ci.example/1',
    });
    const sum = (measure: string) =>
      rollups
        .filter(row => row.measure === measure)
        .reduce((count, row) => count + row.count, 0);
    expect(sum('pipeline-runs')).toBe(6);
    expect(sum('pipeline-failures')).toBe(2);
    expect(sum('pipeline-duration')).toBe(3);
  });
});

it('runs of the scaffolder are no pipeline runs, unless somebody only says so', () => {
  const event = eventFactory();
  const run = (observed: boolean) =>
    event('pipelinerun.finished', '02T10:00', {
      id: String(observed),
      source: SCAFFOLDER_SOURCE,
      subjectId: String(observed),
      observed,
    });
  const { pipelineRuns } = derive([run(true), run(false)], deriveSettings);
  expect(pipelineRuns.map(({ runId }) => runId)).toEqual(['false']);
});

describe('environments', () => {
  it('live from their creation to their deletion, and again', () => {
    const event = eventFactory();
    const report = (
      what: 'created' | 'deleted',
      moment: string,
      options: object = {},
    ) =>
      event(`environment.${what}`, `02T${moment}`, {
        subjectId: 'Preview',
        ...options,
      });
    const { environments, rollups } = derive(
      [
        report('deleted', '09:00'),
        report('created', '10:00', { observed: false, source: '/pipeline' }),
        report('created', '10:30', {
          custom: { requestedAt: '2026-11-02T09:30:00Z' },
        }),
        report('created', '11:00'),
        report('deleted', '12:00'),
        report('deleted', '12:30'),
        report('created', '13:00', { observed: false, source: '/pipeline' }),
      ],
      deriveSettings,
    );
    expect(
      environments.map(({ eventSequence, environment, ...row }) => [
        eventSequence,
        environment,
        row.createdAt,
        row.deletedAt,
        row.observed,
      ]),
    ).toEqual([
      ['3', 'preview', november('02T10:30'), november('02T12:00'), true],
      ['7', 'preview', november('02T13:00'), undefined, false],
    ]);
    expect(
      rollups.map(({ measure, count, total }) => [measure, count, total]),
    ).toEqual([['environment-time', 1, HOUR]]);
  });

  it('were requested when they say so, else with the run or ticket before them', () => {
    const requestOf = (
      make: (event: ReturnType<typeof eventFactory>) => object,
    ) => {
      const event = eventFactory();
      const { environments } = derive(
        [
          event('pipelinerun.started', '02T08:00', {
            id: 'run',
            chainId: 'chain',
          }),
          event('pipelinerun.started', '02T08:30', { chainId: 'chain' }),
          event('ticket.created', '02T07:00', { id: 'ticket' }),
          event('change.merged', '02T06:00', {
            id: 'merge',
            links: ['ticket'],
          }),
          event('environment.created', '02T10:00', make(event)),
        ],
        deriveSettings,
      );
      return environments[0].requestedAt;
    };
    const custom = { requestedAt: '2026-11-02T10:30:00+01:00' };
    expect(requestOf(() => ({ custom, chainId: 'chain' }))).toBe(
      november('02T09:30'),
    );
    expect(requestOf(() => ({ chainId: 'chain' }))).toBe(november('02T08:00'));
    expect(requestOf(() => ({ links: ['run'] }))).toBe(november('02T08:00'));
    expect(requestOf(() => ({ links: ['run', 'merge'] }))).toBe(
      november('02T07:00'),
    );
    expect(requestOf(() => ({ links: ['nothing'] }))).toBeUndefined();
    const late = { requestedAt: '2026-11-02T10:30:00Z' };
    expect(requestOf(() => ({ custom: late }))).toBeUndefined();
  });

  it('were not requested by what came after they were there', () => {
    const event = eventFactory();
    const custom = { requestedAt: '2026-11-02T10:30:00Z' };
    const { environments, rollups } = derive(
      [
        event('environment.created', '02T10:00'),
        event('environment.created', '02T11:00', { custom }),
      ],
      deriveSettings,
    );
    expect(environments).toMatchObject([
      { createdAt: november('02T10:00'), requestedAt: undefined },
    ]);
    expect(rollups).toEqual([]);
  });
});

describe('tickets', () => {
  it('say who asks for what', () => {
    const event = eventFactory();
    const { tickets, rollups } = derive(
      [
        event('ticket.created', '02T10:00', {
          subjectId: 'full',
          content: {
            summary: 'How do I …?',
            ticketType: 'task',
            uri: 'https://tracker.example/1',
          },
          custom: {
            category: 'Question',
            squad: 'Ticketing',
            template: 'template:default/node-api',
            step: 'publish',
          },
        }),
        event('ticket.created', '02T11:00', {
          subjectId: 'full',
          custom: { category: 'problem' },
        }),
        event('ticket.closed', '02T12:00', { subjectId: 'full' }),
        event('ticket.created', '02T10:00', {
          subjectId: 'plain',
          content: { ticketType: 'bug', uri: '/tickets/2' },
        }),
        event('ticket.created', '02T10:00', {
          subjectId: 'labelled',
          content: { labels: ['access', 'forge'] },
        }),
        event('ticket.created', '02T10:00', { subjectId: 'bare' }),
        event('ticket.closed', '02T09:00', { subjectId: 'bare' }),
        event('ticket.closed', '02T09:00', { subjectId: 'never created' }),
      ],
      deriveSettings,
    );
    expect(tickets).toHaveLength(4);
    expect(tickets[0]).toEqual({
      ticketId: 'full',
      eventSequence: '1',
      title: 'How do I …?',
      category: 'question',
      squadRef: 'group:default/ticketing',
      templateRef: 'template:default/node-api',
      step: 'publish',
      createdAt: november('02T10:00'),
      closedAt: november('02T12:00'),
      sample: false,
      url: 'https://tracker.example/1',
    });
    const others = Object.fromEntries(
      tickets.map(({ ticketId, category, closedAt, url }) => [
        ticketId,
        [category, closedAt, url],
      ]),
    );
    expect(others.plain).toEqual(['bug', undefined, undefined]);
    expect(others.labelled).toEqual(['access', undefined, undefined]);
    expect(others.bare).toEqual(['other', november('02T10:00'), undefined]);
    expect(rollups).toEqual([
      { measure: 'tickets', week: '2026-11-02', bucket: 0, count: 4, total: 0 },
    ]);
  });
});
