import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  expectAccessibleInBothThemes,
  expectNoSidewaysScrolling,
} from '../support/accessibility';
import { startRun } from '../support/startRun';
import { enter, expect, freshName, test } from '../support/test';
import { withCheckout } from '../support/withCheckout';

/** Brings out a version of a layer, as its author does. */
async function release(layers: string): Promise<void> {
  const layer = path.join(layers, 'ownership');
  const description = path.join(layer, 'layer.yaml');
  const before = await readFile(description, 'utf8');
  await writeFile(
    description,
    before
      .replace(/^version: .+$/m, 'version: 99.0.0')
      .replace(
        /^changes:$/m,
        'changes:\n  - version: 99.0.0\n    text: Renovate knows the hour.',
      ),
  );
  const file = path.join(layer, 'content', 'renovate.json');
  const content = await readFile(file, 'utf8');
  await writeFile(
    file,
    content.replace('{\n', '{\n  "timezone": "Etc/UTC",\n'),
  );
}

test('an owner sees what a newer version brings, has it proposed, and merges it', async ({
  page,
  request,
  browser,
  baseURL,
  portal,
}) => {
  const name = freshName('upgraded');
  await enter(
    page,
    await startRun(request, {
      template: 'node-api',
      values: { name, description: 'Sells tickets' },
    }),
  );
  await expect(
    page.getByRole('link', { name: 'Open in catalog' }),
  ).toBeVisible();
  await withCheckout(
    { portal, repository: `platform/${name}`, author: 'Joel' },
    async ({ folder, git }) => {
      await appendFile(path.join(folder, 'README.md'), '\nOurs.\n');
      await git('commit', '--quiet', '--all', '--message', 'Our own');
      await git('push', '--quiet');
    },
  );
  await release(portal.layers);

  await page.goto(`/catalog/default/component/${name}`);
  await page.getByRole('link', { name: 'See what it brings' }).click();
  await expect(
    page.getByRole('region', { name: 'What changed' }),
  ).toContainText('Renovate knows the hour.');
  await page.getByRole('button', { name: 'Show the files' }).click();
  await page
    .getByRole('button', { name: 'Show the change: renovate.json' })
    .click();
  await expect(
    page.getByRole('region', { name: 'Show the change: renovate.json' }),
  ).toContainText('+  "timezone"');
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScrolling(page);

  await page.getByRole('button', { name: 'Propose the upgrade' }).click();
  await page.getByRole('button', { name: 'Propose it' }).click();
  const open = page.getByRole('link', { name: 'Open the proposed upgrade' });
  await expect(open).toBeVisible();
  await expectAccessibleInBothThemes(page);
  const address = await open.getAttribute('href');

  const owner = await browser.newContext({
    baseURL,
    httpCredentials: {
      username: 'waymark',
      password: portal.forgePassword,
    },
  });
  const forge = await owner.newPage();
  await forge.goto(address!);
  await forge.getByRole('button', { name: 'Merge' }).click();
  await expect(forge.getByRole('button', { name: 'Merge' })).toBeHidden();
  await owner.close();

  await page.reload();
  await expect(page.getByRole('main').getByText('Up to date')).toBeVisible();
});
