import {
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScrolling,
} from '../support/accessibility';
import { tellLastWeeks } from '../support/tellLastWeeks';
import { enterAs, expect, test } from '../support/test';

test('the platform team sees new services, golden paths, deviations and events', async ({
  page,
  request,
  baseURL,
}, { outputDir }) => {
  await tellLastWeeks({ request, url: baseURL!, dataDir: outputDir });
  await enterAs(page, '/delivery/new-services?weeks=52', 'Adaeze Bell');

  await test.step('new services with their steps, and where one is stuck', async () => {
    const services = page.getByRole('list', { name: /^New services/ });
    await expect(
      services.getByRole('list', { name: 'Steps of Workshop Planner' }),
    ).toContainText('Pipelinefailed');
    await expect(services.getByText(/Stuck: Pipeline failed/)).toBeVisible();
    await expectAccessibleInBothThemes(page, { hasOutline: true });
    // Other tests make services, too, for other squads
    await page.goto(
      '/delivery/new-services?weeks=52&state=stuck&owner=group:default/maintenance',
    );
    await expect(services.getByRole('heading')).toHaveText([
      'Workshop Planner',
    ]);
  });

  await test.step('a golden path with its versions and runs', async () => {
    await page.getByRole('link', { name: 'Golden paths' }).click();
    // Each of them leads to its golden path, too
    await expect(
      page.getByRole('list', { name: /^New services/ }),
    ).toBeHidden();
    await page.getByRole('link', { name: 'HTTP API in TypeScript' }).click();
    await expect(
      page.getByRole('heading', { name: 'HTTP API in TypeScript' }),
    ).toBeVisible();
    await expect(
      page.getByRole('heading', { name: 'Where runs fail' }),
    ).toBeVisible();
    await expectAccessible(page, { hasOutline: true });
    await page.getByRole('link', { name: 'All runs' }).click();
    await expect(page.getByRole('heading', { name: 'Its runs' })).toBeVisible();
    await expectAccessible(page, { hasOutline: true });
    await page.goto(
      '/delivery/templates?template=template:default/node-api&show=services&behind=true',
    );
    await expect(
      page.getByRole('heading', { name: 'Services that follow it' }),
    ).toBeVisible();
    await expectAccessible(page, { hasOutline: true });
    await page.getByRole('link', { name: 'HTTP API in TypeScript' }).click();
    await page.getByRole('link', { name: 'All golden paths' }).click();
  });

  await test.step('deviations, and that there is none', async () => {
    await page.getByRole('link', { name: 'Deviations' }).click();
    await page.goto('/delivery/deviations?state=expired');
    await expect(page.getByText('No deviation is like that')).toBeVisible();
    await expectAccessible(page, { hasOutline: true });
  });

  await test.step('an event as it came, and those of nothing that is known', async () => {
    await page.goto('/delivery/events?type=incident.detected');
    const events = page.getByRole('grid', { name: /^Events/ });
    await expect(events).toContainText('Incident detected');
    await expect(events).not.toContainText('Service deployed');
    await expectAccessible(page, { hasOutline: true });
    await events
      .getByRole('button', { name: /^Show details/ })
      .first()
      .click();
    await expect(
      page.getByRole('region', { name: 'The event as it came' }),
    ).toContainText('"specversion"');
    await page.keyboard.press('Escape');
    await page.getByRole('switch').focus();
    await page.keyboard.press('Space');
    await expect(page).toHaveURL(/unmatched=true/);
  });

  await test.step('on a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const address of [
      '/delivery/new-services?weeks=52',
      '/delivery/templates',
      '/delivery/events',
      '/catalog/default/component/order-service/delivery',
    ]) {
      await page.goto(address);
      await expect(page.getByRole('main')).toContainText(
        /Workshop Planner|HTTP API|Service deployed|Its metrics/,
      );
      await expectNoSidewaysScrolling(page);
    }
    await expectAccessible(page);
  });
});
