import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expectAccessible } from '../support/accessibility';
import { startRunnerPortal } from '../support/startRunnerPortal';
import { tab } from '../support/tab';
import { enterAs, expect, freshName, test } from '../support/test';
import { withCheckout } from '../support/withCheckout';

/** All there is to do in the stages of a real service, on two processors. */
const PIPELINE_MS = 240_000;

let portal: Awaited<ReturnType<typeof startRunnerPortal>>;

test.beforeAll(async () => {
  test.setTimeout(360_000);
  portal = await startRunnerPortal();
});
test.afterAll(() => portal?.stop());

test('from the form to a service that answers, and past a broken test', async ({
  page,
}) => {
  test.setTimeout(PIPELINE_MS + 180_000);
  const name = freshName('orders');
  await enterAs(
    page,
    `${portal.url}/create/templates/default/node-api`,
    'Joel Hartwig',
  );
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  // Words that break something, where they are not taken as they are
  await page
    .getByRole('textbox', { name: 'What it does' })
    .fill(
      'It\'s "quoted": ${{ values.name }}, {{ .Values }}, {# no #}, \\n, $(id), <b>&amp;</b>, *a* | [b](c) `d` 🦊',
    );
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  const submitted = Date.now();
  await page.getByRole('link', { name: 'Open in catalog' }).click();
  await tab(page, 'Pipeline').click();

  const service = page.getByRole('region', {
    name: 'Running service: staging',
  });
  const latest = page.getByRole('region', { name: /^Latest run: / });
  const stages = latest.getByRole('list', { name: /^Stages of run / });
  const stage = (called: string) =>
    stages.getByRole('listitem').filter({ hasText: called }).first();
  await expect(service).toContainText('Not deployed yet');

  // Followed while it runs
  await expect(stage('install')).toContainText('Running', { timeout: 60_000 });
  await stage('install').getByRole('button').click();
  await expect(stage('install').getByText('Follow')).toBeVisible();
  await expectAccessible(page);

  await expect(latest.getByRole('status').first()).toContainText('Succeeded', {
    timeout: PIPELINE_MS,
  });
  test.info().annotations.push({
    type: 'seconds from the form to a service that answers',
    description: String(Math.round((Date.now() - submitted) / 1000)),
  });
  for (const passed of [
    'checkout',
    'install',
    'lint',
    'test',
    'build',
    'report',
    'start',
  ]) {
    await expect(stage(passed)).toContainText(/Passed\s*(under )?\d+ (s|min)/);
  }
  await expect(latest).toContainText('Not run here: image, scan, sbom, sign');
  await stage('test').getByRole('button').click();
  await expect(
    page.getByRole('region', { name: 'Log of test, run 1' }),
  ).toContainText('All files');

  // It answers, at an address on this machine
  await expect(service).toContainText('Running');
  const link = service.getByRole('link', { name: /^http:\/\/localhost:/ });
  const address = (await link.getAttribute('href'))!;
  const opened = page.waitForEvent('popup');
  await link.click();
  const popup = await opened;
  await popup.goto(`${address}/v1/greetings/Ada`);
  await expect(popup.locator('body')).toContainText('Hello, Ada!');
  await expectAccessible(page);

  // That is known of its delivery within seconds, and its level has risen by it
  const entity = `${portal.url}/catalog/default/component/${name}`;
  await expect(async () => {
    await page.goto(`${entity}/scorecards?scorecard=default/delivery`);
    await expect(
      page.getByRole('region', { name: 'Delivery' }).first(),
    ).toContainText('Running', { timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await page.goto(`${portal.url}/delivery/new-services`);
  const steps = page.getByRole('list', { name: `Steps of ${name}` });
  for (const step of [
    'Repository',
    'Pipeline',
    'Artifact',
    'Staging',
    'Catalog',
  ]) {
    await expect(
      steps.getByRole('listitem').filter({ hasText: step }),
    ).toContainText(/\d+ (s|min)/);
  }
  await page.goto(`${entity}/delivery`);
  await expect(
    page.getByRole('list', { name: 'What runs where' }),
  ).toContainText('Seen running');
  await expectAccessible(page);
  await page.goto(`${entity}/pipeline`);
  await expect(service).toContainText('Running');

  // A broken test is not deployed, and the page says where it is stuck
  const broken = {
    'ci/install': '#!/bin/sh\n',
    'ci/lint': '#!/bin/sh\n',
    'ci/test': '#!/bin/sh\necho "not ok 1 - greets Ada"\nexit 1\n',
  };
  await withCheckout(
    {
      baseURL: portal.url,
      repository: `ticketing/${name}`,
      author: 'Joel Hartwig',
      password: portal.forgePassword,
    },
    async ({ folder, git }) => {
      for (const [file, content] of Object.entries(broken)) {
        await writeFile(path.join(folder, file), content);
      }
      await git('commit', '--quiet', '--all', '--message', 'Greet otherwise');
      await git('push', '--quiet', 'origin', 'HEAD:main');
    },
  );
  await expect(page.getByText('Stuck at test: ')).toBeVisible({
    timeout: 60_000,
  });
  await expect(
    page.getByRole('region', { name: 'Log of test, run 2' }),
  ).toContainText('not ok 1 - greets Ada');
  await expect(stage('start')).toContainText('Skipped');
  await expect(service).toContainText('Build 1');
  await popup.reload();
  await expect(popup.locator('body')).toContainText('Hello, Ada!');
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 800 });
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth),
  ).toBeLessThanOrEqual(360);

  // It ends with a portal that is killed, and is back with the next one
  await page.goto('about:blank');
  await portal.kill();
  await expect
    .poll(() =>
      fetch(address).then(
        () => 'answers',
        () => 'gone',
      ),
    )
    .toBe('gone');
  await portal.startAgain();
  await expect
    .poll(() =>
      fetch(address).then(
        () => 'answers',
        () => 'gone',
      ),
    )
    .toBe('answers');
});
