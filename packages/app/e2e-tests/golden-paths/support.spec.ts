import { expectAccessible } from '../support/accessibility';
import { enterAs, expect, test } from '../support/test';

test('an engineer asks the platform team, who finds the question and closes it', async ({
  page,
  browser,
  baseURL,
}) => {
  await enterAs(page, '/create/templates/default/node-api', 'Joel Hartwig');
  await page.getByRole('button', { name: 'Ask the platform team' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('textbox', { name: /In a few words/ })
    .fill('Which group owns it?');
  await dialog
    .getByRole('textbox', { name: /Your question/ })
    .fill('I am in **two** of them.');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  await dialog.getByRole('link', { name: 'among your questions' }).click();
  await expect(page.getByRole('dialog')).toContainText('golden path node-api');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(
    page.getByRole('row', { name: /Which group owns it/ }),
  ).toContainText('Open');

  const other = await browser.newContext({ baseURL });
  const platform = await other.newPage();
  await enterAs(platform, '/delivery/support?state=open', 'Adaeze Bell');
  await platform
    .getByRole('button', { name: 'Close: Which group owns it?' })
    .click();
  await expect(
    platform.getByText('Closed: Which group owns it?'),
  ).toBeVisible();
  await expectAccessible(platform);
  await other.close();

  await page.reload();
  await expect(
    page.getByRole('row', { name: /Which group owns it/ }),
  ).toContainText('Closed');
});
