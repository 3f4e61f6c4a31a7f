import { describeStop } from './describeStop';
import type { Run } from './readRun';

it('tells a long address in full once', () => {
  const address =
    'http://localhost:7007/api/forge/platform/orders/src/branch/main/catalog-info.yaml';
  const startedAt = '2026-03-02T08:00:00.000Z';
  const run: Run = {
    task: {
      id: 'one',
      spec: {
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        parameters: {},
        steps: [],
        output: {},
      },
      status: 'failed',
      createdAt: startedAt,
      lastHeartbeatAt: startedAt,
    },
    state: 'failed',
    startedAt,
    steps: [],
    errorMessage: `InputError: Unable to read ${address}, ${address}: 404 (${address})`,
  };
  expect(describeStop({ run, mayRetry: false }).reason).toBe(
    `Unable to read ${address}, …/catalog-info.yaml: 404 (…/catalog-info.yaml)`,
  );
});
