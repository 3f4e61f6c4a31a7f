import { type Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility';
import { askReadiness } from '../support/askReadiness';
import { PATHS } from '../support/goldenPaths';
import { startProductionPeers } from '../support/startProductionPeers';
import { startRunnerPortal } from '../support/startRunnerPortal';
import { enterAs, expect, freshName, test } from '../support/test';

/** Five pipelines, two at a time, on two processors. */
const PIPELINES_MS = 480_000;

let peers: Awaited<ReturnType<typeof startProductionPeers>>;
let portal: Awaited<ReturnType<typeof startRunnerPortal>>;

test.beforeAll(async () => {
  test.setTimeout(360_000);
  peers = await startProductionPeers();
  portal = await startRunnerPortal({ configs: [peers.configFile] });
});
test.afterAll(async () => {
  await portal?.stop();
  await peers?.stop();
});

/** Fills in the form of a path, and sees the run to its end. */
async function create(
  page: Page,
  options: { template: string; name: string; pagerdutyServiceId: string },
) {
  const { template, name, pagerdutyServiceId } = options;
  await page.goto(`${portal.url}/create/templates/default/${template}`);
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page
    .getByRole('textbox', { name: 'What it does' })
    .fill('Knows what a seat on a train costs');
  await page
    .getByRole('combobox', { name: 'System' })
    .fill('system:default/ticket-sales');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: /Lifecycle/ }).click();
  await page.getByRole('option', { name: /^Production/ }).click();
  await page
    .getByRole('textbox', { name: 'Service in PagerDuty' })
    .fill(pagerdutyServiceId);
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('link', { name: 'Open in catalog' })).toBeVisible(
    { timeout: 90_000 },
  );
}

test('a service of each path goes from its form to Gold', async ({
  page,
  playwright,
}) => {
  test.setTimeout(PIPELINES_MS + 300_000);
  const { url } = portal;
  const request = await playwright.request.newContext({ baseURL: url });
  const { headers, outcomes, readiness } = await askReadiness(request);
  await enterAs(page, url, 'Joel Hartwig');

  const created = [];
  for (const [index, path] of PATHS.entries()) {
    const name = freshName(path.template.slice(0, 10));
    const pagerdutyServiceId = `PSERVICE${index}`;
    peers.putOnCall(pagerdutyServiceId);
    await create(page, { ...path, name, pagerdutyServiceId });
    created.push({ ...path, name, submitted: Date.now() });
  }

  for (const {
    template,
    name,
    ask,
    answer,
    api,
    resources,
    submitted,
  } of created) {
    const entity = `${url}/catalog/default/component/${name}`;
    await test.step(`${template}: runs`, async () => {
      await page.goto(`${entity}/pipeline`);
      const latest = page.getByRole('region', { name: /^Latest run: / });
      await expect(latest.getByRole('status').first()).toContainText(
        'Succeeded',
        { timeout: PIPELINES_MS },
      );
      test.info().annotations.push({
        type: `seconds from the form of ${template} to a service that answers, others beside it`,
        description: String(Math.round((Date.now() - submitted) / 1000)),
      });
      const link = page
        .getByRole('region', { name: 'Running service: staging' })
        .getByRole('link', { name: /^http:\/\/localhost:/ })
        .first();
      const address = await link.getAttribute('href');
      await expect
        .poll(() => ask(request, new URL(address!).origin))
        .toContain(answer);
    });

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
        .poll(() => outcomes(name), { timeout: 90_000 })
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
