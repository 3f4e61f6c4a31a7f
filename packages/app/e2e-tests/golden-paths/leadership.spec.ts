import {
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScrolling,
} from '../support/accessibility';
import { tellLastWeeks } from '../support/tellLastWeeks';
import { enterAs, expect, test } from '../support/test';

test('a leader sees how the organization delivers, on screen and on paper', async ({
  page,
  request,
  baseURL,
}, { outputDir }) => {
  await tellLastWeeks({ request, url: baseURL!, dataDir: outputDir });
  await enterAs(page, '/delivery/overview?weeks=13', 'Helena Strand');
  await expect(
    page.getByRole('heading', { name: 'Kestrelvale Rail: delivery' }),
  ).toBeVisible();
  const frequency = page.getByRole('article', { name: 'Deployment frequency' });
  const squads = page.getByRole('table', { name: /squad’s own services/ });
  await expect(frequency).toContainText(/[\d.]+ per week/);
  await expect(frequency).toContainText(/\d+ of \d+ services have data/);
  // Drawn, not only described
  await expect(frequency.locator('svg path').first()).toBeVisible();
  await expect(squads.getByRole('rowheader').first()).toBeVisible();

  await test.step('what a metric says is told by keyboard', async () => {
    await frequency.getByRole('link', { name: /per week/ }).focus();
    await page.keyboard.press('Shift+Tab');
    await expect(page.getByRole('tooltip')).toContainText(
      'Deployments to production',
    );
    await page.keyboard.press('Enter');
    const definition = page.getByRole('dialog', {
      name: /Deployment frequency/,
    });
    await expect(definition.getByRole('link', { name: /DORA/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(definition).toBeHidden();
    // Back at its button, and on
    await page.keyboard.press('Tab');
    await expect(page.getByRole('tooltip')).toBeHidden();
  });
  await expectAccessibleInBothThemes(page);

  await test.step('a number opens its rows, of one week, and saves them', async () => {
    await frequency.getByRole('link', { name: /per week/ }).click();
    await expect(
      page.getByRole('heading', { name: 'Deployment frequency', level: 2 }),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Show as table' }).click();
    await page
      .getByRole('table', { name: 'Deployment frequency by week' })
      .getByRole('link', { name: /^Week of/ })
      .nth(1)
      .click();
    await expect(page).toHaveURL(/weeks=13&week=\d{4}-\d{2}-\d{2}/);
    const rows = page.getByRole('grid', { name: /^What is behind/ });
    await expect(rows).toContainText('Observed');
    await expectAccessible(page);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);

    await rows.getByRole('link', { name: 'Its event' }).first().click();
    await expect(page).toHaveURL(/\/delivery\/events\?eventId=/);
    await expect(page.getByRole('row')).toHaveCount(2);
    await page.goBack();
    await page.getByRole('link', { name: 'All metrics' }).click();
  });

  await test.step('a squad narrows everything, and stays in the address', async () => {
    await squads.getByRole('link', { name: 'Ticketing' }).click();
    await expect(page.getByText('Owner Ticketing')).toBeVisible();
    await expect(page).toHaveURL(/owner=group%3Adefault%2Fticketing/);
    await expect(squads.getByRole('rowheader')).toHaveCount(1);
  });

  await test.step('on paper there is nothing but the numbers', async () => {
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByText('Owner Ticketing')).toBeVisible();
    await expect(frequency).toBeVisible();
    await expect(page.getByRole('button')).toHaveCount(0);
    await expect(page.getByRole('navigation')).toHaveCount(0);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString(
      'latin1',
    );
    // A4 in points; squads lie on their side, which metrics need
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12]/);
    expect(pdf).toMatch(/\/MediaBox \[0 0 84[12][.\d]* 59[45]/);
    await page.emulateMedia({ media: null });
  });

  await test.step('it fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    await expect(frequency).toBeVisible();
    await expectNoSidewaysScrolling(page);
    await frequency.getByRole('link', { name: /per week/ }).click();
    await expect(
      page.getByRole('grid', { name: /^What is behind/ }),
    ).toBeVisible();
    await expectNoSidewaysScrolling(page);
  });
});
