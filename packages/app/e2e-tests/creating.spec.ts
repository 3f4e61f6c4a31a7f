import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expectAccessible } from './support/accessibility';
import { startRun } from './support/startRun';
import { enter, expect, freshName, test } from './support/test';

const run = promisify(execFile);
const FORM = '/create/templates/default/node-api';

test('bad answers are refused in the form, each with a reason', async ({
  page,
  forge,
}) => {
  const taken = freshName('taken');
  await forge.createRepository({ owner: 'platform', name: taken });
  await enter(page, FORM);

  const name = page.getByRole('textbox', { name: 'Name' });
  const alert = page.getByRole('alert');
  await expect(page.getByRole('combobox', { name: 'Owner' })).toHaveValue(
    'Platform',
  );
  await expectAccessible(page);

  for (const { value, reason } of [
    { value: 'Payments', reason: /uppercase/ },
    { value: '../x', reason: /not allowed/ },
    { value: 'ab', reason: /at least 3/ },
    { value: 'a'.repeat(64), reason: /at most 50/ },
    { value: 'ticket-shop', reason: /ticket-shop/ },
    { value: taken, reason: /taken/ },
  ]) {
    await name.fill(value);
    await expect(alert.filter({ hasText: reason })).toBeVisible();
    await expect(name).toHaveAccessibleDescription(reason);
    await expect(name).toHaveAttribute('aria-invalid', 'true');
  }
  await expectAccessible(page);

  // What is wrong does not get past the form
  await page
    .getByRole('textbox', { name: 'What it does' })
    .fill('Takes orders');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('button', { name: 'Create' })).toBeHidden();
  // Once it has been looked at as a whole, the form leads to what is wrong
  const refused = alert.filter({ hasText: '1 field needs a look' });
  await expect(refused.getByRole('button', { name: 'Name' })).toBeVisible();
  await expect(name).toBeFocused();

  // What was wrong with the name before is taken back
  await name.fill(freshName('free'));
  await expect(page.getByText('This name is free.')).toBeVisible();
  await expect(name).not.toHaveAttribute('aria-invalid', 'true');
  await expect(name).not.toHaveAccessibleDescription(/taken/);
  await expect(refused).toBeHidden();

  // An owner has to be a group of the catalog
  const owner = page.getByRole('combobox', { name: 'Owner' });
  await owner.fill('nobody-of-that-name');
  await page.keyboard.press('Tab');
  // Closes the list of the next field
  await page.keyboard.press('Escape');
  await expect(owner).not.toHaveValue('nobody-of-that-name');
});

test('all of a created service is in its repository', async ({
  page,
  browser,
  baseURL,
  request,
}) => {
  const name = freshName('orders');
  const address = await startRun(request, {
    template: 'node-api',
    values: { name, description: 'Takes orders' },
  });
  await enter(page, address);
  await expect(
    page.getByRole('link', { name: 'Open in catalog' }),
  ).toBeVisible();

  // Its page on the forge, a document of its own that may run no scripts: axe,
  // which is one, needs a window that ignores that
  const forgeContext = await browser.newContext({ bypassCSP: true });
  const forgePage = await forgeContext.newPage();
  await forgePage.goto(`${baseURL}/api/forge/platform/${name}`);
  await expect(
    forgePage.getByRole('link', { name: 'catalog-info.yaml' }).first(),
  ).toBeVisible();
  await expectAccessible(forgePage);
  await forgeContext.close();

  // And its repository, as Git sees it
  const folder = await mkdtemp(path.join(os.tmpdir(), 'waymark-e2e-'));
  try {
    await run('git', [
      'clone',
      '--quiet',
      `${baseURL}/api/forge/platform/${name}.git`,
      folder,
    ]);
    expect(await readdir(folder)).toEqual(
      expect.arrayContaining([
        '.waymark',
        'Dockerfile',
        'README.md',
        'catalog-info.yaml',
        'package.json',
      ]),
    );
    expect(
      JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'))
        .name,
    ).toContain(name);
    const { stdout } = await run('git', ['branch', '--remotes'], {
      cwd: folder,
    });
    expect(stdout).toContain('origin/waymark-template');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
