import type { Page } from '@playwright/test';
import {
  expectAccessibleInBothThemes,
  expectNoSidewaysScrolling,
} from '../support/accessibility';
import { enterAs, expect, test } from '../support/test';

const SCORECARD = '/scorecards/default/production-readiness';

const region = (page: Page, name: string) =>
  page.getByRole('region', { name, exact: true });

/** In both themes, and on a phone. */
async function expectFit(page: Page) {
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 360, height: 800 });
  await expectNoSidewaysScrolling(page);
  await page.setViewportSize({ width: 1280, height: 900 });
}

test('a platform engineer goes from all scorecards to what is behind one', async ({
  page,
}) => {
  await enterAs(page, '/scorecards', 'Adaeze Bell');
  const readiness = page.getByRole('article', { name: 'Production readiness' });
  await expect(readiness).toContainText(
    'Components of type service, website or worker that are not deprecated',
  );
  await expect(readiness.getByRole('link', { name: 'Platform' })).toBeVisible();
  await expect(readiness).toContainText(/Gold: \d+ \(\d+%\)/);
  // There is no history before the portal was started for this
  await expect(readiness).toContainText('too new for a trend');
  await expectFit(page);

  await readiness.getByRole('link', { name: 'Production readiness' }).click();
  await expect(
    page.getByRole('heading', { name: 'Production readiness', level: 2 }),
  ).toBeVisible();
  await expect(
    page.getByRole('img', { name: /services per level over time/ }),
  ).toBeVisible();
  await expect(region(page, 'Movers')).toContainText('Since ');
  const coverage = region(page, 'Data coverage');
  await expect(coverage).toContainText('of what the rules ask for is known');
  await expectFit(page);

  // How far one looks back is in the address
  await page.getByRole('radio', { name: '30 days' }).click();
  await expect(page).toHaveURL(/\?days=30$/);

  // Who is behind a number
  await region(page, 'Where services stand')
    .getByRole('link', { name: /^No level: / })
    .click();
  await expect(page).toHaveURL(`${SCORECARD}/services?level=none`);
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/overview\?days=30$/);
  await region(page, 'Rules failing most')
    .getByRole('link', { name: 'Tests cover at least 80 % of the lines' })
    .click();

  // The rule that one came for has the focus, among all of them
  const rule = region(page, 'Tests cover at least 80 % of the lines');
  await expect(rule).toBeInViewport();
  await expect(rule.locator('..')).toBeFocused();
  await expect(
    rule.getByRole('region', { name: /^Expression of/ }),
  ).toContainText('facts.coverage.percent >= 80');
  await expect(rule).toContainText('A fact older than 30 days is no data');
  await expect(rule.getByRole('link', { name: /^No data/ })).toBeVisible();
  await expectFit(page);
  await rule.getByRole('link', { name: /^No data/ }).click();
  await expect(page).toHaveURL(
    `${SCORECARD}/services?rule=coverage&outcome=noData`,
  );

  // From its definition in the catalog one gets there, too
  await page.goto('/catalog/default/scorecard/production-readiness');
  await expect(
    page.getByRole('link', { name: 'Open the scorecard' }),
  ).toHaveAttribute('href', `${SCORECARD}/overview`);
});
