import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import {
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScrolling,
} from '../support/accessibility';
import { enterAs, expect, freshName, leave, test } from '../support/test';

const SERVICE =
  '/catalog/default/component/ticket-shop/scorecards?scorecard=default/production-readiness&rule=coverage';
const EXEMPTIONS = '/scorecards/default/production-readiness/exemptions';

const queueOf = (page: Page) =>
  page.getByRole('region', { name: 'Waiting for a decision' });
const historyOf = (page: Page) => page.getByRole('region', { name: 'History' });

test('an engineer asks for an exemption, platform approves, an auditor finds it in the export', async ({
  page,
}) => {
  // A name of its own, to be found again among all others
  const reason = `Browser tests report no coverage yet, ${freshName('ticket')}`;

  await enterAs(page, SERVICE, 'Joel Hartwig');
  await page.getByRole('button', { name: 'Request an exemption' }).click();
  const request = page.getByRole('dialog', { name: 'Request an exemption' });
  await request.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await request.getByRole('button', { name: 'Request it' }).click();
  await expect(request).toBeHidden();
  await expect(page.getByText(/^Requested by Joel/)).toContainText(reason);
  await leave(page);

  await enterAs(page, EXEMPTIONS, 'Adaeze Bell');
  const waiting = queueOf(page)
    .getByRole('listitem')
    .filter({ hasText: reason });
  await expect(waiting).toContainText('Joel Hartwig asked');
  await expectAccessibleInBothThemes(page);
  await waiting.getByRole('button', { name: /^Approve: / }).click();
  const approval = page.getByRole('dialog', {
    name: 'Approve this exemption?',
  });
  await expect(approval).toContainText(
    /Until \d+ \w+ \d{4} the rule “Tests cover .*” counts as exempt for Ticket Shop/,
  );
  await expect(approval).toContainText(/Its level (becomes|stays): /);
  await expectAccessible(page);
  await approval.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText(/^Approved: Tests cover/)).toBeVisible();
  await expect(waiting).toBeHidden();
  const row = historyOf(page).getByRole('row').filter({ hasText: reason });
  await expect(row).toContainText('Approved by Adaeze Bell');
  // The button that had the focus is gone; whoever uses the keyboard is not lost
  await expect(page.locator('body')).not.toBeFocused();
  await leave(page);

  await enterAs(page, SERVICE, 'Joel Hartwig');
  await expect(page.getByText(/^Requested by Joel/)).toContainText(reason);
  await expect(page.getByText(/^Approved by Adaeze Bell/)).toBeVisible();
  await leave(page);

  await page.setViewportSize({ width: 360, height: 800 });
  await enterAs(page, `${EXEMPTIONS}?state=approved`, 'Noor Lindqvist');
  await expect(row).toContainText('Joel Hartwig');
  await expectNoSidewaysScrolling(page);
  await expect(
    page.getByRole('button', { name: /^(Approve|Deny|Revoke): / }),
  ).toBeHidden();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const file = await readFile(await (await download).path(), 'utf8');
  const line = file.split('\r\n').find(each => each.includes(reason));
  expect(line).toContain('component:default/ticket-shop');
  expect(line).toContain('user:default/adaeze.bell');
  await leave(page);

  // Others look at the same service
  await page.setViewportSize({ width: 1280, height: 900 });
  await enterAs(page, EXEMPTIONS, 'Adaeze Bell');
  await row.getByRole('button', { name: /^Revoke: / }).click();
  const revocation = page.getByRole('dialog', {
    name: 'Revoke this exemption?',
  });
  await revocation.getByRole('textbox', { name: 'Note' }).fill('Is measured');
  await revocation.getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toContainText('Revoked by Adaeze Bell');
});
