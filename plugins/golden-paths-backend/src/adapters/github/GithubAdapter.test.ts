import { mockServices } from '@backstage/backend-test-utils';
import {
  deploymentStatus,
  issue,
  pullRequest,
  workflowRun,
} from '../../__testUtils__/githubPayloads';
import { IncomingEvent } from '../../events/EventIntake';
import { ticketMark } from '../../tickets/ticketMark';
import { GithubAdapter } from './GithubAdapter';

const TICKET = '3b0e6c4e-3f43-4a6c-9d0e-5f8b9f3d2a11';
const FARES = 'https://github.com/kestrelvale-rail/fares';
const HELP = 'kestrelvale-rail/platform-help';

/** What the adapter takes out of a webhook. */
async function take(event: string, payload: unknown) {
  const accepted: IncomingEvent[] = [];
  const followed: unknown[] = [];
  const logger = mockServices.logger.mock();
  const adapter = new GithubAdapter({
    intake: {
      accept: async events => {
        accepted.push(...events);
        return events.map(() => ({ duplicate: false }));
      },
    },
    logger,
    settings: {
      incidentLabels: ['incident'],
      trackers: [`https://github.com/${HELP}`],
    },
    tickets: {
      find: async ({ reference }) =>
        reference === TICKET
          ? { id: TICKET, entityRef: 'group:default/ticketing' }
          : undefined,
      follow: async (...parameters) => {
        followed.push(parameters);
      },
    },
  });
  await adapter.take({ event, payload });
  return {
    accepted,
    events: accepted.map(incoming => incoming.event),
    followed,
    warnings: logger.warn.mock.calls.map(String),
  };
}
const short = async (...parameters: Parameters<typeof take>) =>
  (await take(...parameters)).events.map(({ context, subject }) => [
    context.type.split('.').slice(2, 4).join('.'),
    subject.id,
    context.timestamp,
  ]);

describe('GithubAdapter', () => {
  it('takes a deployment that succeeded for one that was observed', async () => {
    const { accepted } = await take('deployment_status', deploymentStatus());
    expect(accepted).toEqual([
      {
        event: {
          context: {
            specversion: '0.5.1',
            id: 'deployment-status/7001',
            source: `${FARES}/deployments`,
            type: 'dev.cdevents.service.deployed.0.3.0',
            timestamp: '2026-10-05T08:31:12.000Z',
          },
          subject: {
            id: 'kestrelvale-rail/fares',
            source: FARES,
            content: {
              environment: { id: 'production' },
              artifactId:
                'pkg:github/kestrelvale-rail/fares@4f2c1a9be0d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3',
            },
          },
          customData: {
            revision: '4f2c1a9be0d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3',
            url: `${FARES}/actions/runs/99/job/1`,
            environmentUrl: 'https://fares.kestrelvale.example/',
            repository: FARES,
            deployment: '501',
          },
        },
        receivedFrom: 'github',
        observed: true,
        sample: false,
      },
    ]);
    // The same again, at any later time, is the same event
    const again = await take('deployment_status', deploymentStatus());
    expect(again.accepted).toEqual(accepted);
  });

  it('tells attempts, rollbacks and states that say nothing apart', async () => {
    const status = (options: Parameters<typeof deploymentStatus>[0]) =>
      take('deployment_status', deploymentStatus(options));
    for (const outcome of ['failure', 'error']) {
      const { events } = await status({ state: outcome });
      expect(events).toMatchObject([
        {
          context: { type: 'dev.cdevents.taskrun.finished.0.3.0' },
          subject: { content: { taskName: 'deploy', outcome } },
          customData: { environment: 'production' },
        },
      ]);
    }
    const { events } = await status({ task: 'rollback' });
    expect(events[0].context.type).toContain('service.rolledback');
    for (const state of ['pending', 'queued', 'in_progress', 'inactive']) {
      expect((await status({ state })).events).toEqual([]);
    }
  });

  it('tells beginning and end of a run of a workflow', async () => {
    const run = (action: string, conclusion: string | null) =>
      take('workflow_run', workflowRun({ action, conclusion }));
    expect((await run('in_progress', null)).events).toMatchObject([
      {
        context: {
          id: 'workflow-run/99/2/started',
          timestamp: '2026-10-05T08:25:00.000Z',
        },
        subject: { id: 'kestrelvale-rail/fares/actions/runs/99/2' },
      },
    ]);
    const outcomes: unknown[] = [];
    for (const conclusion of [
      'success',
      'failure',
      'timed_out',
      'cancelled',
      'skipped',
      'action_required',
      'toString',
    ]) {
      const { events } = await run('completed', conclusion);
      outcomes.push(events[0]?.subject.content.outcome);
    }
    expect(outcomes).toEqual([
      'success',
      'failure',
      'error',
      'cancel',
      undefined,
      undefined,
      undefined,
    ]);
    expect((await run('requested', null)).events).toEqual([]);
  });

  it('takes what is merged into the default branch for a change', async () => {
    const pull = (options: Parameters<typeof pullRequest>[0]) =>
      short('pull_request', pullRequest(options));
    const id = 'kestrelvale-rail/fares#12';
    await expect(pull({ action: 'opened', merged: false })).resolves.toEqual([
      ['change.created', id, '2026-10-04T14:00:00.000Z'],
    ]);
    await expect(pull({})).resolves.toEqual([
      ['change.merged', id, '2026-10-05T08:19:00.000Z'],
    ]);
    await expect(pull({ merged: false })).resolves.toEqual([
      ['change.abandoned', id, '2026-10-05T08:19:00.000Z'],
    ]);
    await expect(pull({ base: 'release' })).resolves.toEqual([]);
    await expect(pull({ action: 'synchronize' })).resolves.toEqual([]);
  });

  it('takes issues with a label for incidents, whenever it comes', async () => {
    const about = (options: Parameters<typeof issue>[0]) =>
      take('issues', issue(options));
    expect((await about({})).events).toEqual([]);

    const labels = ['bug', 'Incident', 'environment: staging'];
    const opened = await about({ labels });
    expect(opened.events).toMatchObject([
      {
        context: { type: 'dev.cdevents.incident.detected.0.3.0' },
        subject: {
          id: 'kestrelvale-rail/fares#5',
          content: { environment: { id: 'staging' } },
        },
      },
    ]);
    const labeled = await about({ labels, action: 'labeled' });
    expect(labeled.events).toEqual(opened.events);
    const closed = await about({ labels, action: 'closed' });
    expect(closed.events).toMatchObject([
      opened.events[0],
      {
        context: {
          type: 'dev.cdevents.incident.resolved.0.3.0',
          timestamp: '2026-10-05T10:30:00.000Z',
        },
        subject: { id: 'kestrelvale-rail/fares#5' },
      },
    ]);
    expect((await about({ labels, action: 'assigned' })).events).toEqual([]);
  });

  it('takes issues of a tracker for tickets, and knows those of the portal', async () => {
    const repository = HELP;
    await expect(
      short('issues', issue({ repository, labels: ['category: access'] })),
    ).resolves.toEqual([
      ['ticket.created', `${HELP}#5`, '2026-10-05T09:00:00.000Z'],
    ]);
    await expect(
      short('issues', issue({ repository, action: 'closed' })),
    ).resolves.toEqual([
      ['ticket.closed', `${HELP}#5`, '2026-10-05T10:30:00.000Z'],
    ]);

    const body = `Text\n${ticketMark(TICKET)}`;
    const opened = await take('issues', issue({ repository, body }));
    expect(opened.events).toEqual([]);
    const key = `https://github.com/${HELP}#5`;
    const url = `https://github.com/${HELP}/issues/5`;
    expect(opened.followed).toEqual([
      [TICKET, { key, url, closedAt: undefined }],
    ]);
    const closed = await take(
      'issues',
      issue({ repository, body, action: 'closed' }),
    );
    expect(closed.accepted).toMatchObject([
      {
        entityRef: 'group:default/ticketing',
        event: { subject: { id: TICKET } },
      },
    ]);
    expect(closed.followed).toEqual([
      [TICKET, { key, url, closedAt: Date.parse('2026-10-05T10:30:00Z') }],
    ]);
    const reopened = await take(
      'issues',
      issue({ repository, body, action: 'reopened' }),
    );
    expect(reopened.followed).toMatchObject([[TICKET, { closedAt: null }]]);
  });

  it('passes over what it does not know, and what no event may hold', async () => {
    expect((await take('push', { ref: 'refs/heads/main' })).warnings).toEqual(
      [],
    );
    for (const payload of [
      {},
      { deployment_status: 'success' },
      { ...deploymentStatus(), repository: { html_url: 'data:text/html,x' } },
      { ...deploymentStatus(), deployment: null },
    ]) {
      const { events, warnings } = await take('deployment_status', payload);
      expect(events).toEqual([]);
      expect(warnings).toHaveLength(1);
    }

    const late = deploymentStatus();
    late.deployment_status!.created_at = '9998-01-01T00:00:00Z';
    const { events, warnings } = await take('deployment_status', late);
    expect(events).toEqual([]);
    expect(warnings[0]).toContain('timestamp');

    const wild = await take(
      'deployment_status',
      deploymentStatus({ environment: `pro\u0000d\n${'é'.repeat(400)}` }),
    );
    expect(wild.warnings).toEqual([]);
    const { id } = wild.events[0].subject.content.environment as { id: string };
    expect(id).toHaveLength(255);
    expect(id).toMatch(/^pro d é+…$/);
  });
});
