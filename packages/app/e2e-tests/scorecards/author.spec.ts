import {
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScrolling,
} from '../support/accessibility';
import { tabTo } from '../support/keyboard';
import { enterAs, expect, test } from '../support/test';

test('an author breaks a rule, mends it, and sees whom it would hit', async ({
  page,
}) => {
  await enterAs(
    page,
    '/scorecards/try?scorecard=default/production-readiness',
    'Adaeze Bell',
  );
  const editor = page.getByRole('textbox', { name: 'YAML of the scorecard' });
  await expect(editor).toContainText('name: production-readiness');

  // With the keyboard alone: a mistake at the end of the first expression
  // The list of the field before it hides the rest of the page while it is open
  await tabTo(page, page.locator('[contenteditable="true"]'));
  const check = "facts.onCall.rotation != ''";
  await page.keyboard.press('Control+Home');
  const line = await page.evaluate(text => {
    const draft = sessionStorage.getItem('waymark.scorecards.draft');
    const lines: string[] = JSON.parse(draft ?? '{}').text.split('\n');
    return lines.findIndex(each => each.includes(text));
  }, check);
  for (let i = 0; i < line; i++) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('End');
  await page.keyboard.type(' &&');
  await page.keyboard.press('Control+Enter');
  const mistakes = page.getByRole('region', { name: '1 mistake' });
  await expect(mistakes).toContainText('spec.rules[0].check');
  await expectAccessible(page);

  await mistakes
    .getByRole('button', { name: `Line ${line + 1}, column` })
    .click();
  await expect(editor).toBeFocused();
  await page.keyboard.press('End');
  // Nobody passes any more
  await page.keyboard.type(' false');
  await page.keyboard.press('Control+Enter');
  const impact = page.getByRole('region', { name: 'Impact' });
  await expect(impact).toContainText(/would move down/);
  await expect(
    impact.getByRole('table', { name: /Moves/ }).getByRole('row'),
  ).not.toHaveCount(0);
  await expectAccessibleInBothThemes(page);

  // Tab leaves the text
  await page.keyboard.press('Tab');
  await expect(editor).not.toBeFocused();

  // It survives a reload, and fits a telephone
  await page.setViewportSize({ width: 360, height: 800 });
  await page.reload();
  await expect(editor).toContainText('&& false');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(impact).toBeVisible();
  await expectNoSidewaysScrolling(page);
});
