import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type APIRequestContext } from '@playwright/test';
import {
  expectAccessible,
  expectAccessibleInBothThemes,
} from '../support/accessibility';
import { askReadiness } from '../support/askReadiness';
import { startRun } from '../support/startRun';
import { enterAs, expect, freshName, test } from '../support/test';
import { withCheckout } from '../support/withCheckout';

const RULE = 'Every endpoint has an objective';
const ENDPOINT = 'DELETE /v1/greetings/{name}';

/** Speaks for the pipeline of a component. */
async function startPipeline(
  request: APIRequestContext,
  options: { headers: Record<string, string>; entityRef: string },
) {
  const { headers, entityRef } = options;
  const made = await request.post('/api/ci-credentials/credentials', {
    headers,
    data: { source: 'https://ci.example/mended', entityRefs: [entityRef] },
  });
  const { token } = await made.json();
  return {
    async report(facts: Record<string, unknown>, ref = entityRef) {
      const pushed = await request.post('/api/scorecards/facts', {
        headers: { authorization: `Bearer ${token}` },
        data: {
          facts: Object.entries(facts).map(([fact, value]) => ({
            entityRef: ref,
            name: fact,
            value,
            observedAt: new Date().toISOString(),
          })),
        },
      });
      return (await pushed.json()).items;
    },
  };
}

test('a new service reaches gold; when it falls, an engineer finds why, mends it and sees it rise', async ({
  page,
  request,
  portal,
}) => {
  const name = freshName('mended');
  await startRun(request, {
    template: 'node-api',
    values: { name, owner: 'group:default/ticketing', description: 'Greets' },
  });
  const { headers, outcomes, readiness: ask } = await askReadiness(request);
  const level = async () => (await ask(name))?.standing.level;

  // By its repository alone
  await expect
    .poll(() => outcomes(name), { timeout: 60_000 })
    .toEqual({
      // It is not in production yet
      'on-call': 'notApplicable',
      runbook: 'pass',
      coverage: 'noData',
      'critical-vulnerabilities': 'noData',
      objectives: 'pass',
      deployment: 'notApplicable',
    });
  expect(await level()).toBe('bronze');

  // And by what its pipeline reports
  const pipeline = await startPipeline(request, {
    headers,
    entityRef: `component:default/${name}`,
  });
  expect(
    await pipeline.report({
      'coverage.percent': 84.2,
      'vulnerabilities.critical': 0,
    }),
  ).toEqual([{ status: 'accepted' }, { status: 'accepted' }]);
  await expect.poll(level).toBe('gold');
  expect(await outcomes(name)).toMatchObject({
    coverage: 'pass',
    'critical-vulnerabilities': 'pass',
  });
  // Its credential speaks for this component only
  expect(
    await pipeline.report(
      { 'coverage.percent': 100 },
      'component:default/order-service',
    ),
  ).toMatchObject([{ status: 'rejected', error: { name: 'NotAllowedError' } }]);

  const clone = {
    portal,
    repository: `ticketing/${name}`,
    author: 'Joel Hartwig',
  };
  // An endpoint more, and nobody thinks of its objective
  await withCheckout(clone, async ({ folder, git }) => {
    const contract = path.join(folder, 'openapi.yaml');
    const text = await readFile(contract, 'utf8');
    await writeFile(
      contract,
      text.replace(
        '  /healthz:\n',
        `    delete:
      operationId: forgetName
      summary: Forget a name
      tags: [greetings]
      parameters:
        - { name: name, in: path, required: true, schema: { type: string } }
      responses:
        '204': { description: It is forgotten. }
  /healthz:
`,
      ),
    );
    await git('commit', '--quiet', '--all', '--message', 'Forget names');
    await git('push', '--quiet', 'origin', 'main');
  });
  await expect.poll(level, { timeout: 60_000 }).toBe('silver');

  // Why
  await enterAs(
    page,
    `/catalog/default/component/${name}/scorecards?scorecard=default/production-readiness`,
    'Joel Hartwig',
  );
  const readiness = page.getByRole('region', { name: 'Production readiness' });
  await expect(
    readiness.getByText('Silver', { exact: true }).first(),
  ).toBeVisible();
  await readiness.getByRole('button', { name: RULE }).click();
  await expect(
    readiness.getByText(/reliable is reliable enough/),
  ).toBeVisible();
  await expect(
    readiness.getByRole('list', { name: 'Values' }).getByText(ENDPOINT),
  ).toBeVisible();
  await expectAccessibleInBothThemes(page);

  // Mended by the golden path, which knows already what it is about
  await readiness
    .getByRole('link', { name: 'Fix with Objectives for endpoints' })
    .click();
  await expect(page.getByRole('textbox', { name: 'Service' })).toHaveValue(
    `component:default/${name}`,
  );
  await expect(page.getByRole('textbox', { name: 'Endpoints' })).toHaveValue(
    ENDPOINT,
  );
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  const change = page.getByRole('link', {
    name: 'Look at the change and merge it',
  });
  await expect(change).toBeVisible({ timeout: 60_000 });
  const address = await change.getAttribute('href');
  const [, branch] = decodeURIComponent(address ?? '').split('...');
  await withCheckout(clone, async ({ git }) => {
    expect(
      await git('diff', '--name-status', `origin/main...origin/${branch}`),
    ).toBe('A\tslo/delete-v1-greetings-name.yaml\n');
    await git('merge', '--quiet', `origin/${branch}`);
    await git('push', '--quiet', 'origin', 'main');
  });

  // And it rises
  await page.goto(
    `/catalog/default/component/${name}/scorecards?scorecard=default/production-readiness`,
  );
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(
    page.getByRole('status').getByText(/^Checked just now/),
  ).toBeVisible();
  await expect(
    readiness.getByText('Gold', { exact: true }).first(),
  ).toBeVisible();
  await expect(
    readiness.getByText('This is the highest level. Nothing to do.'),
  ).toBeVisible();
});
