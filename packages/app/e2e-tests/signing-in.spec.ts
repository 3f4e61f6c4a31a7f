import type { Page } from '@playwright/test';
import {
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScrolling,
} from './support/accessibility';
import { expect, test } from './support/test';

const PEOPLE = [
  { name: 'Joel Hartwig', role: 'Engineer' },
  { name: 'Maren Osei', role: 'Squad lead' },
  { name: 'Adaeze Bell', role: 'Platform engineer' },
  { name: 'Helena Strand', role: 'Leader' },
  { name: 'Noor Lindqvist', role: 'Auditor' },
];

const card = (page: Page, person: { name: string; role: string }) =>
  page.getByRole('button', { name: `Enter as ${person.name}, ${person.role}` });

const guest = (page: Page) =>
  page.getByRole('button', { name: 'Enter as guest' });

const profile = (page: Page, name: string) =>
  page.getByText(name, { exact: true }).first();

/** Signs out on the page of settings, where one is taken to be. */
async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'more' }).click();
  await page.getByRole('menuitem', { name: 'Sign Out' }).click();
}

test('one enters as each of the sample people, and leaves', async ({
  page,
}) => {
  for (const person of PEOPLE) {
    await page.goto('/settings');
    await card(page, person).click();
    await expect(profile(page, person.name)).toBeVisible();
    await signOut(page);
    await expect(card(page, person)).toBeVisible();
  }
});

test('who has entered stays until signing out, whatever is reloaded', async ({
  page,
}) => {
  const [person] = PEOPLE;
  await page.goto('/settings');
  await card(page, person).click();
  await expect(profile(page, person.name)).toBeVisible();
  await page.reload();
  await expect(profile(page, person.name)).toBeVisible();

  await signOut(page);
  await expect(card(page, person)).toBeVisible();
  await page.reload();
  await expect(card(page, person)).toBeVisible();
});

test('a guest leaves, too', async ({ page }) => {
  await page.goto('/settings');
  await guest(page).click();
  await expect(profile(page, 'user:development/guest')).toBeVisible();
  await page.reload();
  await expect(profile(page, 'user:development/guest')).toBeVisible();

  await signOut(page);
  await expect(guest(page)).toBeVisible();
});

test('two tabs are two people, and a new one starts with the last choice', async ({
  page,
  context,
}) => {
  const [first, second] = PEOPLE;
  await page.goto('/settings');
  await card(page, first).click();
  await expect(profile(page, first.name)).toBeVisible();

  const other = await context.newPage();
  await other.goto('/settings');
  await expect(profile(other, first.name)).toBeVisible();
  await signOut(other);
  await other.goto('/settings');
  await card(other, second).click();
  await expect(profile(other, second.name)).toBeVisible();

  await page.reload();
  await expect(profile(page, first.name)).toBeVisible();
  await other.reload();
  await expect(profile(other, second.name)).toBeVisible();
});

test('the keyboard alone is enough', async ({ page }) => {
  await page.goto('/settings');
  await expect(card(page, PEOPLE[1])).toBeVisible();

  await page.keyboard.press('Tab');
  await expect(guest(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(card(page, PEOPLE[1])).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(profile(page, PEOPLE[1].name)).toBeVisible();
});

test('somebody who has left the catalog is told so, on the sign-in page', async ({
  page,
}) => {
  // Chosen while still there; the next visit goes on with it
  await page.addInitScript(() =>
    window.localStorage.setItem(
      'waymark.signIn',
      JSON.stringify({
        provider: 'personas',
        userEntityRef: 'user:default/long.gone',
      }),
    ),
  );
  await page.goto('/');
  await expect(page.getByRole('alert')).toContainText(
    "'user:default/long.gone' is none of the sample people of this portal",
  );
  await expect(card(page, PEOPLE[0])).toBeVisible();
  await expectAccessible(page);
});

test('the sign-in page is accessible in both themes, however narrow', async ({
  page,
}) => {
  await page.goto('/');
  for (const person of PEOPLE) {
    await expect(card(page, person)).toBeVisible();
  }
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await expectAccessibleInBothThemes(page);
    await expectNoSidewaysScrolling(page);
  }
});
