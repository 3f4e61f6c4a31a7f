import type { Page } from '@playwright/test';

/** Signs in with GitHub: opens its window and picks an account there. */
export async function pickGithubAccount(
  page: Page,
  name: string,
): Promise<void> {
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in with GitHub' }).click();
  const popup = await opened;
  const closed = popup.waitForEvent('close');
  await popup.getByRole('button', { name }).click();
  await closed;
}
