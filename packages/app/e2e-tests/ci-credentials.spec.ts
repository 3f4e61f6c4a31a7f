import type { Page } from '@playwright/test';
import {
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScrolling,
} from './support/accessibility';
import { enterAs, expect, freshName, leave, test } from './support/test';

const TAB = '/catalog/default/component/ticket-shop/ci-access';

/** What a pipeline sends about the ticket shop. */
function createEvent(source: string) {
  const id = freshName('event');
  const context = {
    specversion: '0.5.1',
    id,
    source,
    type: 'dev.cdevents.service.deployed.0.3.0',
    timestamp: new Date().toISOString(),
  };
  return {
    specversion: '1.0',
    id,
    source,
    type: context.type,
    time: context.timestamp,
    subject: 'ticket-shop',
    datacontenttype: 'application/json',
    data: {
      context,
      subject: {
        id: 'ticket-shop',
        content: {
          environment: { id: 'staging' },
          artifactId: 'pkg:oci/ticket-shop@sha256%3A0b31',
        },
      },
    },
  };
}

/** Makes a credential in the open dialog and answers with its token. */
async function createCredential(page: Page, source: string): Promise<string> {
  await page.getByRole('button', { name: 'Create credential' }).click();
  const dialog = page.getByRole('dialog', { name: 'New CI credential' });
  await dialog.getByRole('textbox', { name: /Source/ }).fill(source);
  await dialog.getByRole('button', { name: 'Create credential' }).click();

  const issued = page.getByRole('dialog', { name: `The token of ${source}` });
  await expect(issued).toContainText('You will not see this token again');
  const token = await issued.getByRole('region', { name: 'Token' }).innerText();
  expect(token).toMatch(/^wmk_ci_/);
  return token;
}

test('a credential is made, used, revoked, and then refused', async ({
  page,
  request,
}) => {
  const source = freshName('shop-pipeline');
  await enterAs(page, TAB, 'Adaeze Bell');

  // Nothing is made of nothing
  await page.getByRole('button', { name: 'Create credential' }).click();
  const dialog = page.getByRole('dialog', { name: 'New CI credential' });
  await dialog.getByRole('button', { name: 'Create credential' }).click();
  await expect(dialog).toContainText('Say which pipeline this is for.');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  const token = await createCredential(page, source);
  await expectAccessible(page);
  const stored = await page.evaluate(() =>
    JSON.stringify({ ...localStorage, ...sessionStorage }),
  );
  expect(stored).not.toContain(token);
  expect(page.url()).not.toContain(token);
  await page.getByRole('button', { name: 'I have stored the token' }).click();

  const row = page.getByRole('row', { name: new RegExp(source) });
  await expect(row).toContainText('Active');
  await expect(row).toContainText('Never');
  await expectAccessible(page);

  const send = () =>
    request.post('/api/golden-paths/events', {
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/cloudevents+json',
      },
      data: createEvent(source),
    });
  const accepted = await send();
  expect(accepted.status(), await accepted.text()).toBeLessThan(300);

  // Narrowed to its state the list can be linked to
  await page.goto('/ci-credentials?state=active');
  await expect(row).toBeVisible();
  await expect(row).not.toContainText('Never');

  await row.getByRole('button', { name: `Revoke ${source}` }).click();
  const question = page.getByRole('dialog', {
    name: 'Revoke this credential?',
  });
  await expect(question).toContainText(source);
  await expectAccessible(page);
  await question.getByRole('textbox', { name: /Reason/ }).fill('Was in a log');
  await question.getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toContainText('Revoked');
  await expect(row).toContainText('Was in a log');

  const refused = await send();
  expect(refused.status()).toBeGreaterThanOrEqual(401);
  expect(refused.status()).toBeLessThanOrEqual(403);
  expect(await refused.text()).toMatch(/revoked/i);
});

test('components are chosen by their names, and what is not there is said', async ({
  page,
}) => {
  await enterAs(page, '/ci-credentials', 'Adaeze Bell');
  await page.getByRole('button', { name: 'Create credential' }).click();
  const dialog = page.getByRole('dialog', { name: 'New CI credential' });
  const source = freshName('two-shops');
  await dialog.getByRole('textbox', { name: /Source/ }).fill(source);

  const search = dialog.getByRole('combobox', { name: /Components/ });
  for (const { name, title } of [
    { name: 'order-service', title: /^Order Service/ },
    { name: 'ticket-shop', title: /^Ticket Shop/ },
  ]) {
    await search.fill(name);
    await page.getByRole('option', { name: title }).click();
    await expect(dialog.getByRole('row', { name })).toBeVisible();
  }
  await dialog.getByText('In 30 days').click();
  await expect(dialog.getByRole('radio', { name: 'In 30 days' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Create credential' }).click();
  await page.getByRole('button', { name: 'I have stored the token' }).click();

  const row = page.getByRole('row', { name: new RegExp(source) });
  await expect(row.getByRole('link', { name: /order.service/i })).toBeVisible();
  await expect(row).toContainText('in 30 days');
});

test('credentials can be read and made in both themes, however narrow', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await enterAs(page, TAB, 'Maren Osei');
  const source = freshName('narrow');
  await createCredential(page, source);
  // With the token still there
  await expectAccessibleInBothThemes(page);
  await page.getByRole('button', { name: 'I have stored the token' }).click();
  const row = page.getByRole('row', { name: new RegExp(source) });
  await expect(row).toBeVisible();
  await expectAccessibleInBothThemes(page);
  // The table scrolls, the page does not
  await expectNoSidewaysScrolling(page);

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(row).toBeVisible();
  await expectAccessible(page);
});

test('an auditor sees credentials and can do nothing to them', async ({
  page,
}) => {
  await enterAs(page, TAB, 'Maren Osei');
  const source = freshName('audited');
  await createCredential(page, source);
  await page.getByRole('button', { name: 'I have stored the token' }).click();
  await leave(page);

  await enterAs(page, '/ci-credentials', 'Noor Lindqvist');
  await expect(
    page.getByRole('row', { name: new RegExp(source) }),
  ).toContainText('Active');
  await expect(page.getByRole('button', { name: /Create/ })).toBeHidden();
  await expect(page.getByRole('button', { name: /Revoke/ })).toBeHidden();
  await expectAccessible(page);
});
