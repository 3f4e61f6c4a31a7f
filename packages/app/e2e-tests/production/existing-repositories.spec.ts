import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expectAccessible } from '../support/accessibility';
import { report, untilDescribed } from './support/catalog';
import { withCheckout } from './support/checkout';
import { github, owner } from './support/github';
import { catalogInfo } from './support/organization';
import { enterAs } from './support/people';
import { situation } from './support/situation';
import { picture } from './support/picture';
import { expect, test } from './support/test';

test('a repository made elsewhere appears after its first push', async ({
  page,
}) => {
  const name = 'fare-tables';
  const description = 'What every journey costs';
  const created = await github(`/orgs/${owner()}/repos`, {
    as: 'priya-nandal',
    method: 'POST',
    body: { name, private: true },
  });
  expect(created.status, JSON.stringify(created.body)).toBe(201);
  await withCheckout(
    { repository: name, as: 'priya-nandal' },
    async ({ folder, git }) => {
      await writeFile(
        path.join(folder, 'catalog-info.yaml'),
        catalogInfo({ name, owner: 'journey-planning', description }),
      );
      await git('add', '--all');
      await git('commit', '--quiet', '--message', 'Begin');
      await git('push', '--quiet', 'origin', 'HEAD:main');
    },
  );
  report(
    'From the first push to the catalog',
    await untilDescribed(name, description),
  );

  await enterAs(page, `/catalog/default/component/${name}`, 'Maren Osei');
  await expect(page.getByText(description).first()).toBeVisible();
  await expect(
    page.getByRole('link', { name: 'Journey Planning' }).first(),
  ).toBeVisible();
});

test('a repository without an entry gets one through a pull request', async ({
  page,
}) => {
  const name = 'lost-property';
  const description = 'Knows what was found, and where it is now';
  await enterAs(
    page,
    '/create/templates/default/register-repository',
    'Maren Osei',
  );
  await page
    .getByRole('textbox', { name: 'Address of the repository' })
    .fill(`${situation().github.url}/${owner()}/${name}`);
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: 'What it does' }).fill(description);
  await expect(page.getByRole('combobox', { name: 'Owner' })).toHaveValue(
    'Ticketing',
  );
  await expectAccessible(page);
  await picture(page, 'form');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  const link = page.getByRole('link', {
    name: 'Look at the change and merge it',
  });
  await expect(link).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  await picture(page, 'run');

  const address = await link.getAttribute('href');
  const [, number] = address!.match(/\/pull\/(\d+)$/) ?? [];
  const pull = `/repos/${owner()}/${name}/pulls/${number}`;
  const { body: files } = await github(`${pull}/files`);
  expect(files.map((file: { filename: string }) => file.filename)).toEqual([
    'catalog-info.yaml',
  ]);
  await page.goto(address!);
  await picture(page, 'pull-request');

  const merged = await github(`${pull}/merge`, {
    as: 'joel-hartwig',
    method: 'PUT',
    body: {},
  });
  expect(merged.status, JSON.stringify(merged.body)).toBe(200);
  report(
    'From the merge of the proposal to the catalog',
    await untilDescribed(name, description),
  );
  await page.goto(`${situation().url}/catalog/default/component/${name}`);
  await expect(page.getByText(description).first()).toBeVisible();
});
