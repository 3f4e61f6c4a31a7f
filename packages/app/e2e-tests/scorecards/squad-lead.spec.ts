import {
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScrolling,
} from '../support/accessibility';
import { enterOn, tabTo } from '../support/keyboard';
import { enterAs, expect, test } from '../support/test';
import { untilOutcome } from '../support/untilOutcome';

const PHONE = { width: 360, height: 760 };
const DESK = { width: 1280, height: 900 };

test('a squad lead sees on the home page what is next, and goes there', async ({
  page,
  request,
}) => {
  await untilOutcome(request, {
    component: 'order-service',
    rule: 'objectives',
    outcome: 'fail',
  });
  await enterAs(page, '/', 'Maren Osei');

  const steps = page.getByRole('list', { name: 'Next steps' });
  const first = steps
    .getByRole('listitem')
    .filter({ has: page.getByRole('list') })
    .first();
  await expect(first).toBeVisible();
  const standings = page.getByRole('list', { name: 'Scorecards' });
  await expect(
    standings.getByRole('link', { name: 'Production readiness', exact: true }),
  ).toHaveAttribute('href', /\/services\?owner=group%3Adefault%2Fticketing$/);
  await expect(standings).toContainText(/No level: \d/);
  await expectAccessibleInBothThemes(page);

  await page.setViewportSize(PHONE);
  await expect(first).toBeVisible();
  await expectNoSidewaysScrolling(page);
  await page.setViewportSize(DESK);

  const step = first.getByRole('list').getByRole('link').first();
  const title = (await step.textContent()) ?? '';
  await enterOn(page, step);
  await expect(page).toHaveURL(
    /\/catalog\/default\/component\/[^/]+\/scorecards\?scorecard=default\/[^&]+&rule=/,
  );
  await expect(page.getByRole('button', { name: title })).toHaveAttribute(
    'aria-expanded',
    'true',
  );
});

test('from the page of the squad the heat map leads to what fails', async ({
  page,
  request,
}) => {
  await untilOutcome(request, {
    component: 'order-service',
    rule: 'objectives',
    outcome: 'fail',
  });
  await enterAs(page, '/catalog/default/group/ticketing', 'Maren Osei');
  const card = page.getByRole('region', { name: 'Scorecards' });
  await expect(
    card.getByRole('heading', { name: 'Where most is to be gained' }),
  ).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await card
    .getByRole('link', { name: 'Heat map of Production readiness' })
    .click();

  const cell = page.getByRole('link', {
    name: /^Ticketing, Every endpoint has an objective: \d+ of \d+ pass/,
  });
  await expect(cell).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Owner' })).toHaveValue(
    'Ticketing',
  );
  await page.getByRole('combobox', { name: 'Owner' }).fill('');
  await page.keyboard.press('Tab');
  const grid = page.getByRole('grid', { name: /^Share that passes/ });
  const parent = grid.getByRole('button', {
    name: 'Groups below Passenger Services',
  });
  await expect(parent).toBeVisible();
  await expectAccessibleInBothThemes(page);

  await page.setViewportSize(PHONE);
  await expect(cell).toBeVisible();
  await expectNoSidewaysScrolling(page);
  await expectAccessible(page);
  await page.setViewportSize(DESK);

  // One stop, and the arrow keys from there
  const name = grid.getByRole('link', { name: 'Ticketing', exact: true });
  await tabTo(page, name);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
  await expect(parent).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(cell).toBeHidden();
  await page.keyboard.press('Enter');
  for (let row = 0; row < 3; row++) {
    await page.keyboard.press('ArrowDown');
  }
  await expect(name).toBeFocused();
  for (let column = 0; column < 5; column++) {
    await page.keyboard.press('ArrowRight');
  }
  await expect(cell).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(
    /\/services\?owner=group%3Adefault%2Fticketing&rule=objectives&outcome=fail$/,
  );
  await expect(page.getByRole('link', { name: 'Order Service' })).toBeVisible();
});
