import {
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScrolling,
} from '../support/accessibility';
import { enterAs, expect, test } from '../support/test';
import { untilOutcome } from '../support/untilOutcome';

test('a leader sees where the organization stands, on screen and on paper', async ({
  page,
  request,
}) => {
  // A rule that keeps a service from its first level
  await untilOutcome(request, {
    component: 'vehicle-registry',
    rule: 'on-call',
    outcome: 'fail',
  });
  await enterAs(page, '/scorecards/dashboard', 'Helena Strand');
  await expect(
    page.getByRole('heading', { name: 'Kestrelvale Rail: scorecards' }),
  ).toBeVisible();

  const standing = page.getByRole('region', { name: 'Where we stand' });
  const groups = page.getByRole('table', { name: /by group/ });
  const domains = page.getByRole('table', { name: /by domain/ });
  await expect(
    standing.getByRole('link', { name: 'Production readiness' }),
  ).toBeVisible();
  await expect(
    page.getByRole('img', { name: /^All scorecards: services per level/ }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Show as table' }).click();
  await expect(
    page.getByRole('table', { name: /^All scorecards/ }),
  ).toContainText('The highest level');
  await expect(
    groups.getByRole('rowheader', { name: 'Kestrelvale Rail' }),
  ).toBeVisible();
  await expectAccessibleInBothThemes(page);

  await test.step('a number opens what is behind it', async () => {
    await page
      .getByRole('table', { name: /^Rules that keep services/ })
      .getByRole('row')
      .filter({ hasText: 'Production readiness' })
      .first()
      .getByRole('link', { name: /^\d+$/ })
      .first()
      .click();
    await expect(page).toHaveURL(
      /production-readiness\/services\?level=[a-z]+&rule=[a-z-]+&outcome=/,
    );
    await page.goBack();
  });

  await test.step('a domain narrows everything, and stays in the address', async () => {
    await domains.getByRole('link', { name: 'Passenger Travel' }).click();
    await expect(page.getByText('Domain Passenger Travel')).toBeVisible();
    await expect(page).toHaveURL(/domain=domain%3Adefault%2F/);
    await expect(domains.getByRole('rowheader')).toHaveCount(1);
  });

  await test.step('on paper there is nothing but the numbers', async () => {
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByText('Domain Passenger Travel')).toBeVisible();
    await expect(groups).toBeVisible();
    await expect(page.getByRole('button')).toHaveCount(0);
    await expect(page.getByRole('navigation')).toHaveCount(0);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    // A4 in points, whatever paper the printer has
    expect(pdf.toString('latin1')).toMatch(
      /\/MediaBox \[0 0 59[45][.\d]* 84[12]/,
    );
    await page.emulateMedia({ media: null });
  });

  await test.step('it fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    await expect(standing).toBeVisible();
    await expectNoSidewaysScrolling(page);
    await expectAccessible(page);
  });
});
