import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Page } from '@playwright/test';
import {
  expectAccessible,
  expectNoSidewaysScrolling,
} from '../support/accessibility';
import { askReadiness } from '../support/askReadiness';
import { createService } from '../support/createService';
import { expectDelivered } from '../support/expectDelivered';
import { PATHS } from '../support/goldenPaths';
import { pipelinePage } from '../support/pipelinePage';
import { startProductionPeers } from '../support/startProductionPeers';
import { startRunnerPortal } from '../support/startRunnerPortal';
import { tab } from '../support/tab';
import {
  enterAs,
  expect,
  freshName,
  ownPortalTest as test,
} from '../support/test';
import { withCheckout } from '../support/withCheckout';

/** Five pipelines, two at a time, on two processors. */
const PIPELINES_MS = 600_000;

/** Words that break something, where they are not taken as they are. */
const DESCRIPTION =
  'It\'s "quoted": ${{ values.name }}, {{ .Values }}, {# no #}, \\n, $(id), <b>&amp;</b>, *a* | [b](c) `d` 🦊';

/** The one that is looked at more closely. */
const FOLLOWED = 'node-api';

let peers: Awaited<ReturnType<typeof startProductionPeers>>;
let portal: Awaited<ReturnType<typeof startRunnerPortal>>;
const names = new Map(
  PATHS.map(({ template }) => [template, freshName(template.slice(0, 10))]),
);

// What the first has made, the second breaks
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(360_000);
  peers = await startProductionPeers();
  portal = await startRunnerPortal({ configs: [peers.configFile] });
});
test.afterAll(async () => {
  await portal?.stop();
  await peers?.stop();
});

/** Looks at the pipeline of the service that was just created, while it runs. */
async function follow(page: Page) {
  await page.getByRole('link', { name: 'Open in catalog' }).click();
  await tab(page, 'Pipeline').click();
  const { latest, service, stages } = pipelinePage(page);
  await expect(service).toContainText('Not deployed yet');
  // Whichever stage that is by now
  const running = stages.filter({ hasText: 'Running' }).first();
  await expect(async () => {
    await running.getByRole('button').first().click({ timeout: 10_000 });
    await expect(latest.getByText('Follow')).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await expectAccessible(page);
}

test('a service of each path goes from its form to Gold', async ({
  page,
  playwright,
}) => {
  test.setTimeout(PIPELINES_MS + 600_000);
  const { url } = portal;
  const request = await playwright.request.newContext({ baseURL: url });
  const { headers, outcomes, readiness } = await askReadiness(request);
  await enterAs(page, url, 'Joel Hartwig');

  const submitted = new Map<string, number>();
  for (const [index, { template }] of PATHS.entries()) {
    const pagerdutyServiceId = `PSERVICE${index}`;
    peers.putOnCall(pagerdutyServiceId);
    await createService(page, {
      url,
      template,
      name: names.get(template)!,
      description: DESCRIPTION,
      pagerdutyServiceId,
    });
    submitted.set(template, Date.now());
    if (template === FOLLOWED) {
      await test.step(`${template}: is followed`, () => follow(page));
    }
  }

  for (const { template, ask, answer, api, resources } of PATHS) {
    const name = names.get(template)!;
    const entity = `${url}/catalog/default/component/${name}`;
    await test.step(`${template}: runs`, async () => {
      await page.goto(`${entity}/pipeline`);
      const { latest, service, status } = pipelinePage(page);
      await expect(status).toContainText(/Succeeded|Failed/, {
        timeout: PIPELINES_MS,
      });
      await expect(latest).toContainText('Succeeded');
      test.info().annotations.push({
        type: `seconds from the form of ${template} to a service that answers, others beside it`,
        description: String(
          Math.round((Date.now() - submitted.get(template)!) / 1000),
        ),
      });
      const link = service
        .getByRole('link', { name: /^http:\/\/localhost:/ })
        .first();
      const address = await link.getAttribute('href');
      await expect
        .poll(() => ask(request, new URL(address!).origin))
        .toContain(answer);
    });

    if (template === FOLLOWED) {
      await test.step(`${template}: says what it did, and what came of it`, async () => {
        const { latest, stage, log } = pipelinePage(page);
        for (const passed of [
          'checkout',
          'install',
          'lint',
          'test',
          'build',
          'report',
          'start',
        ]) {
          await expect(stage(passed)).toContainText(
            /Passed\s*(under )?\d+ (s|min)/,
          );
        }
        await expect(latest).toContainText(
          'Not run here: image, scan, sbom, sign',
        );
        await stage('test').getByRole('button').click();
        await expect(log('test', 1)).toContainText('All files');
        await expectAccessible(page);
        await expectDelivered(page, { url, name });
      });
    }

    await test.step(`${template}: is in the catalog, with all that belongs to it`, async () => {
      const { relations } = await (
        await request.get(
          `/api/catalog/entities/by-name/component/default/${name}`,
          { headers },
        )
      ).json();
      expect(
        relations.map(
          ({ type, targetRef }: { type: string; targetRef: string }) =>
            `${type} ${targetRef}`,
        ),
      ).toEqual(
        expect.arrayContaining([
          'ownedBy group:default/ticketing',
          'partOf system:default/ticket-sales',
          `providesApi api:default/${name}`,
          ...resources.map(of => `dependsOn resource:default/${name}-${of}`),
        ]),
      );
      await page.goto(
        `${url}/catalog-graph?rootEntityRefs[]=component:default/${name}`,
      );
      for (const node of [
        name,
        'Ticket sales',
        ...resources.map(of => new RegExp(`${of} of ${name}`, 'i')),
      ]) {
        await expect(page.getByText(node).first()).toBeVisible();
      }
      await page.goto(`${url}/catalog/default/api/${name}/definition`);
      await expect(page.getByText(api).first()).toBeVisible();
      await page.goto(`${url}/docs/default/component/${name}`);
      await expect(
        page.getByRole('heading', { name, level: 1 }).first(),
      ).toBeVisible();
    });

    await test.step(`${template}: is Gold, each rule by what was found`, async () => {
      await expect
        .poll(() => outcomes(name), { timeout: 120_000 })
        .toEqual({
          'on-call': 'pass',
          runbook: 'pass',
          coverage: 'pass',
          'critical-vulnerabilities': 'pass',
          objectives: 'pass',
          deployment: 'pass',
        });
      expect((await readiness(name))?.standing.level).toBe('gold');
      await page.goto(
        `${entity}/scorecards?scorecard=default/production-readiness`,
      );
      await expect(
        page
          .getByRole('region', { name: 'Production readiness' })
          .getByText('Gold', { exact: true })
          .first(),
      ).toBeVisible();
      await expectAccessible(page);
    });
  }
  // Advisories were asked for in earnest
  expect(peers.askedAbout()).toEqual(
    expect.arrayContaining(['npm fastify', 'npm react']),
  );
  await request.dispose();
});

test('a broken test is not deployed; what runs ends with the portal, and is back with it', async ({
  page,
}) => {
  const name = names.get(FOLLOWED)!;
  await enterAs(
    page,
    `${portal.url}/catalog/default/component/${name}/pipeline`,
    'Joel Hartwig',
  );
  const { service, stage, log } = pipelinePage(page);
  await expect(service).toContainText('Running');
  const link = service.getByRole('link', { name: /^http:\/\/localhost:/ });
  const address = (await link.getAttribute('href'))!;
  const opened = page.waitForEvent('popup');
  await link.click();
  const popup = await opened;
  await popup.goto(`${address}/v1/greetings/Ada`);
  await expect(popup.locator('body')).toContainText('Hello, Ada!');

  // The page says where it is stuck
  const broken = {
    'ci/install': '#!/bin/sh\n',
    'ci/lint': '#!/bin/sh\n',
    'ci/test': '#!/bin/sh\necho "not ok 1 - greets Ada"\nexit 1\n',
  };
  await withCheckout(
    { portal, repository: `ticketing/${name}`, author: 'Joel Hartwig' },
    async ({ folder, git }) => {
      for (const [file, content] of Object.entries(broken)) {
        await writeFile(path.join(folder, file), content);
      }
      await git('commit', '--quiet', '--all', '--message', 'Greet otherwise');
      await git('push', '--quiet', 'origin', 'HEAD:main');
    },
  );
  await expect(page.getByText('Stuck at test: ')).toBeVisible();
  await expect(log('test', 2)).toContainText('not ok 1 - greets Ada');
  await expect(stage('start')).toContainText('Skipped');
  await expect(service).toContainText('Build 1');
  await popup.reload();
  await expect(popup.locator('body')).toContainText('Hello, Ada!');
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 800 });
  await expectNoSidewaysScrolling(page);

  await page.goto('about:blank');
  const answers = () =>
    fetch(address).then(
      () => 'answers',
      () => 'gone',
    );
  await portal.kill();
  await expect.poll(answers).toBe('gone');
  await portal.startAgain();
  await expect.poll(answers).toBe('answers');
});
