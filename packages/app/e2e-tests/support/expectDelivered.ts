import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './accessibility';

/** What is known of a service as soon as it runs, on each page that tells of it. */
export async function expectDelivered(
  page: Page,
  { url, name }: { url: string; name: string },
): Promise<void> {
  const entity = `${url}/catalog/default/component/${name}`;
  await expect(async () => {
    await page.goto(`${entity}/scorecards?scorecard=default/delivery`);
    await expect(
      page.getByRole('region', { name: 'Delivery' }).first(),
    ).toContainText('Running', { timeout: 10_000 });
  }).toPass({ timeout: 90_000 });

  await page.goto(`${url}/delivery/new-services`);
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
}
