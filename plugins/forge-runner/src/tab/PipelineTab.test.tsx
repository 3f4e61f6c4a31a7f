import { screen, waitFor, within } from '@testing-library/react';
import { aPipeline, aRun, renderTab } from '../__testUtils__/renderTab';

it('shows the service, the stages with their durations, and follows a log', async () => {
  const { user } = renderTab({
    pipeline: aPipeline(),
    logs: [
      { text: '\u001b[32m12 tests', start: 0, next: 12, complete: false },
      { text: ' pass\n', start: 12, next: 18, complete: true },
    ],
  });

  const service = await screen.findByRole('region', {
    name: 'Running service: staging',
  });
  expect(within(service).getByText('Running')).toBeVisible();
  expect(
    within(service).getByRole('link', { name: /http:\/\/localhost:4100/ }),
  ).toHaveAttribute('href', 'http://localhost:4100');

  const stages = screen.getByRole('list', { name: 'Stages of run 7' });
  expect(within(stages).getByText('42 s')).toBeVisible();
  expect(screen.getByText(/Needs a container engine/)).toHaveTextContent(
    'Not run here: image. Needs a container engine.',
  );

  await user.click(within(stages).getByRole('button', { name: /^test/ }));
  const log = await screen.findByRole('region', { name: 'Log of test, run 7' });
  await waitFor(() => expect(log).toHaveTextContent('12 tests pass'));
});

it('says where a run is stuck, and opens its log', async () => {
  const failed = aRun({
    number: 8,
    state: 'failed',
    reason: 'test: It ended with exit code 1',
    stages: [
      {
        name: 'test',
        state: 'failed',
        reason: 'It ended with exit code 1',
        hasLog: true,
      },
      { name: 'start', state: 'skipped', hasLog: false },
    ],
  });
  renderTab({
    pipeline: aPipeline({ runs: [failed, aRun()] }),
    logs: [{ text: 'not ok 1', start: 0, next: 8, complete: true }],
  });
  expect(
    await screen.findByText('Stuck at test: It ended with exit code 1'),
  ).toBeVisible();
  expect(
    await screen.findByRole('region', { name: 'Log of test, run 8' }),
  ).toHaveTextContent('not ok 1');
  // What runs is not the run that failed
  expect(screen.getByText(/^Build 7/)).toBeVisible();
});

it('says who stopped a service, and when', async () => {
  const at = new Date(Date.now() - 5 * 60_000).toISOString();
  renderTab({
    pipeline: aPipeline({
      service: {
        ...aPipeline().service,
        state: 'stopped',
        reason: 'Stopped by user:default/ann.lee',
        since: at,
      },
    }),
  });
  const by = await screen.findByText(/^Stopped by/);
  expect(by).toHaveTextContent(/^Stopped by ann.lee$/);
  expect(screen.getByText('5 minutes ago')).toBeVisible();
});

it('rolls back only when that is confirmed, and says why it did not', async () => {
  const { requests, user } = renderTab({
    pipeline: aPipeline(),
    refusal: 409,
  });
  await user.click(
    await screen.findByRole('button', { name: 'Roll back to build 6' }),
  );
  const dialog = await screen.findByRole('dialog');
  expect(requests.some(request => request.startsWith('POST'))).toBe(false);
  await user.click(within(dialog).getByRole('button', { name: 'Roll back' }));
  expect(await within(dialog).findByText(/Not now/)).toBeVisible();
  expect(requests).toContain('POST /service/roll-back');
});

it('offers nothing to those who may only look', async () => {
  renderTab({ pipeline: aPipeline({ mayOperate: false }) });
  await screen.findByRole('region', { name: 'Running service: staging' });
  for (const name of ['Run pipeline', 'Stop', 'Restart', /^Roll back/]) {
    expect(screen.queryByRole('button', { name })).toBeNull();
  }
});

it.each([
  ['no-scripts', 'It has no pipeline yet'],
  ['waiting-for-push', 'It was not run yet'],
  ['no-repository', 'Its repository is not known here'],
] as const)('says of %s what is missing', async (availability, title) => {
  renderTab({
    pipeline: aPipeline({
      availability,
      runs: [],
      service: { state: 'none', environment: 'staging', hasLog: false },
    }),
  });
  expect(await screen.findByRole('heading', { name: title })).toBeVisible();
});

it('asks nothing where pipelines are switched off', async () => {
  const { requests } = renderTab({
    pipeline: aPipeline(),
    config: { forgeRunner: { enabled: 'false' } },
  });
  expect(
    await screen.findByText('Pipelines do not run on this portal'),
  ).toBeVisible();
  expect(requests).toEqual([]);
});
