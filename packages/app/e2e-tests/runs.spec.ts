import { startRun } from './support/startRun';
import { enter, expect, freshName, test } from './support/test';

test('pages of runs leave connections for the rest of the portal', async ({
  page,
  request,
}) => {
  const run = await startRun(request, {
    template: 'node-api',
    values: { name: freshName('tabs'), description: 'Takes orders' },
  });
  await enter(page, run);
  await expect(
    page.getByRole('link', { name: 'Open in catalog' }),
  ).toBeVisible();

  // All tabs of a browser share six connections to one address
  for (let tab = 0; tab < 4; tab++) {
    const other = await page.context().newPage();
    await other.goto(page.url());
    await expect(
      other.getByRole('link', { name: 'Open in catalog' }),
    ).toBeVisible();
  }
  const catalog = await page.context().newPage();
  await catalog.goto('/catalog');
  await expect(
    catalog.getByRole('heading', { name: /All Components/ }).first(),
  ).toBeVisible();
});
