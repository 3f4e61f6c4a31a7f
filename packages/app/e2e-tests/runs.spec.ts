import { enter, expect, freshName, test } from './support/test';

test('pages of runs leave connections for the rest of the portal', async ({
  page,
}) => {
  await enter(page, '/create/templates/default/node-api');
  await page.getByRole('textbox', { name: 'Name' }).fill(freshName('tabs'));
  await page
    .getByRole('textbox', { name: 'What it does' })
    .fill('Takes orders');
  await expect(page.getByRole('combobox', { name: 'Owner' })).toHaveValue(
    'Platform',
  );
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
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
