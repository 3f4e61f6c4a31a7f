import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { pickGithubAccount } from './support/pickGithubAccount';
import { startGithubPortal } from './support/startGithubPortal';
import { expect, ownPortalTest as test } from './support/test';

let portal: Awaited<ReturnType<typeof startGithubPortal>>;

test.beforeAll(async () => {
  test.setTimeout(360_000);
  portal = await startGithubPortal(['maren-osei']);
});
test.afterAll(() => portal?.stop());

const github = (page: Page) =>
  page.getByRole('button', { name: 'Sign in with GitHub' });

test('somebody in the catalog signs in with GitHub, comes back, and leaves', async ({
  page,
}) => {
  await page.goto(`${portal.url}/settings`);
  await expect(github(page)).toBeVisible();
  await expect(page.getByText('Enter as one of')).toHaveCount(0);
  await expectAccessible(page);

  await pickGithubAccount(page, 'Maren Osei');
  const profile = page.getByText('Maren Osei', { exact: true });
  await expect(profile).toBeVisible();
  await expect(page.getByText(/^In the catalog: maren-osei/)).toBeVisible();
  await page.reload();
  await expect(profile).toBeVisible();

  await page.getByRole('button', { name: 'more' }).click();
  await page.getByRole('menuitem', { name: 'Sign Out' }).click();
  await expect(github(page)).toBeVisible();
  await page.reload();
  await expect(github(page)).toBeVisible();
});

test('somebody who is not in the catalog reads so, and whom to ask', async ({
  page,
}) => {
  await page.goto(portal.url);
  await pickGithubAccount(page, 'Sunniva Dahl');
  await expect(page.getByRole('alert')).toContainText(
    'Your GitHub account sunniva-dahl is not in the catalog of this portal. Ask the harbour office, office@harbour.example.',
  );
  await expectAccessible(page);

  await page.reload();
  await expect(github(page)).toBeVisible();
  await expect(page.getByRole('alert')).toBeEmpty();
});

test('a window that is closed can be opened again', async ({ page }) => {
  await page.goto(portal.url);
  const opened = page.waitForEvent('popup');
  await github(page).click();
  await (await opened).close();
  await expect(page.getByRole('alert')).toContainText(
    'The window for signing in was closed before it was done.',
  );

  await pickGithubAccount(page, 'Maren Osei');
  await expect(
    page.getByRole('heading', { name: /^Welcome/, level: 1 }),
  ).toBeVisible();
});
