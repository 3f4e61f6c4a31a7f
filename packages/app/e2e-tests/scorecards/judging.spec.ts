import { askReadiness } from '../support/askReadiness';
import { expect, test } from '../support/test';

test('services of the sample are judged by what is in their repositories', async ({
  request,
}) => {
  const { outcomes, evidence } = await askReadiness(request);
  await expect
    .poll(() => outcomes('order-service'), { timeout: 60_000 })
    // What was deployed is told by other tests, or not
    .toMatchObject({
      'on-call': 'noData',
      runbook: 'pass',
      coverage: 'noData',
      'critical-vulnerabilities': 'noData',
      objectives: 'fail',
    });
  expect(await evidence('order-service', 'objectives')).toMatchObject({
    path: 'facts.slo.endpointsWithoutSlo',
    // Of its contract over HTTP, and of the one for its messages
    value: expect.arrayContaining([
      'DELETE /orders/{orderId}',
      'SEND order-events',
    ]),
    source: expect.stringContaining('/ticketing/order-service'),
  });
  await expect
    .poll(() => outcomes('train-tracker'))
    .toMatchObject({ runbook: 'pass', objectives: 'pass' });
  await expect
    .poll(() => outcomes('departure-boards'))
    .toMatchObject({ runbook: 'fail', objectives: 'notApplicable' });

  // Those without a repository say where the facts come from
  await expect
    .poll(() => outcomes('vehicle-registry'))
    .toMatchObject({ 'on-call': 'fail', 'critical-vulnerabilities': 'fail' });
  expect(
    await evidence('vehicle-registry', 'critical-vulnerabilities'),
  ).toMatchObject({ value: 2, source: 'Sample data' });
});
