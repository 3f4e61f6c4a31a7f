import { expectAccessible } from './support/accessibility';
import { enter, expect, freshName, test } from './support/test';

test('a run that meets an obstacle can be retried once it is gone', async ({
  page,
  forge,
}) => {
  const name = freshName('blocked');
  await enter(page, '/create/templates/default/node-api');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page
    .getByRole('textbox', { name: 'What it does' })
    .fill('Takes orders');
  await expect(page.getByRole('combobox', { name: 'Owner' })).toHaveValue(
    'Platform',
  );
  await expect(page.getByText('This name is free.')).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  const create = page.getByRole('button', { name: 'Create' });
  await expect(create).toBeVisible();

  // Somebody else is faster
  await forge.createRepository({ owner: 'platform', name });
  await create.click();

  const panel = page.getByRole('region', { name: /This run failed/ });
  await expect(panel).toContainText('Check the answers');
  await expect(panel).toContainText(`'${name}' is taken`);
  const undo = panel.getByRole('button', {
    name: 'Undo what this run created',
  });
  await expect(undo).toBeDisabled();
  await expect(panel).toContainText('Undo is not possible: the run created');
  await expectAccessible(page);

  // Back to the form, with what was filled in
  await panel.getByRole('link', { name: 'Change the answers' }).click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(name);
  await expect(page.getByText(`'${name}' is taken`)).toBeVisible();
  await page.goBack();

  await forge.deleteRepository({ owner: 'platform', name });
  await panel
    .getByRole('button', { name: 'Retry from the failed step' })
    .click();
  await expect(panel).toBeHidden();
  await expect(
    page.getByRole('link', { name: 'Open in catalog' }),
  ).toBeVisible();
});

test('what a failed run created can be undone', async ({ page, request }) => {
  const name = freshName('unfinished');
  await enter(page, '/create/templates/default/unfinished');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await expect(page.getByText('This name is free.')).toBeVisible();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();

  const panel = page.getByRole('region', { name: /This run failed/ });
  await expect(panel).toContainText('Enter it in the catalog');
  const repository = panel.getByRole('link', { name: new RegExp(name) }).last();
  const address = await repository.getAttribute('href');
  expect((await request.get(address!)).status()).toBe(200);

  await panel
    .getByRole('button', { name: 'Undo what this run created' })
    .click();
  const dialog = page.getByRole('dialog', {
    name: 'Undo what this run created?',
  });
  await expect(dialog).toContainText(address!);
  await expectAccessible(page);

  // Escape keeps everything
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect((await request.get(address!)).status()).toBe(200);

  await panel
    .getByRole('button', { name: 'Undo what this run created' })
    .click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(panel.getByRole('status')).toContainText('is deleted');
  expect((await request.get(address!)).status()).toBe(404);
});
