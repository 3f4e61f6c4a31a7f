import {
  expectAccessible,
  expectNoSidewaysScrolling,
} from './support/accessibility';
import { startRun } from './support/startRun';
import { enter, expect, freshName, test } from './support/test';

test('a service that was just created has documentation', async ({
  page,
  request,
}) => {
  const name = freshName('documented');
  const run = await startRun(request, {
    template: 'node-api',
    values: { name, description: 'Takes orders' },
  });
  await enter(page, run);

  // Where the run ends
  await page.getByRole('link', { name: 'Documentation' }).click();
  await expect(page).toHaveURL(new RegExp(`/docs/default/component/${name}`));
  await expect(
    page.getByRole('heading', { name: /How it is built/ }),
  ).toBeVisible();
  // At the first visit: the first build has just ended
  await expect(
    page.getByRole('heading', { name, exact: true }).first(),
  ).toBeVisible();
  await expect(
    page.getByRole('link', { name: 'Source of this page' }),
  ).toHaveAttribute(
    'href',
    new RegExp(`/${name}/src/branch/main/docs/index.md$`),
  );
  await expectAccessible(page);

  // From page to page: by the list, by a link of the text, by the list of headings
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('link', { name: 'Runbook' }).click();
  await expect(
    page.getByRole('heading', { name: 'Runbook', level: 1 }),
  ).toBeVisible();
  await page
    .getByRole('article')
    .getByRole('link', { name: 'Settings' })
    .first()
    .click();
  await expect(page).toHaveURL(/\/settings\/?$/);
  await expect(
    page.getByRole('heading', { name: 'Settings', level: 1 }),
  ).toBeVisible();
  await page
    .getByRole('navigation', { name: 'Table of contents' })
    .getByRole('link', { name: 'Secrets' })
    // Beside the text; there is one in the list of pages, too, until it is styled
    .last()
    .click();
  await expect(page).toHaveURL(/#secrets$/);
  await expectAccessible(page);

  // On the service's own page
  await page.goto(`/catalog/default/component/${name}/docs`);
  await expect(
    page.getByRole('heading', { name: /How it is built/ }),
  ).toBeVisible();
  await expectAccessible(page);
});

test('the documentation of the portal is readable on a phone', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await enter(page, '/docs/default/component/waymark');
  await expect(
    page.getByRole('heading', { name: /What it does/ }),
  ).toBeVisible();
  // From below the bar at the bottom, where nothing can be read
  await page
    .getByRole('navigation', { name: 'Previous and next page' })
    .scrollIntoViewIfNeeded();
  await expectAccessible(page);

  await page.getByTitle('Toggle Sidebar').click();
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await pages.getByText('Run it').click();
  await pages.getByRole('link', { name: 'Configuration', exact: true }).click();
  await expect(
    page.getByRole('heading', { name: 'Configuration', level: 1 }),
  ).toBeVisible();
  await expectNoSidewaysScrolling(page);
});
