import {
  expectAccessibleInBothThemes,
  expectNoSidewaysScrolling,
} from '../support/accessibility';
import { enterOn, tabTo } from '../support/keyboard';
import { enterAs, expect, test } from '../support/test';
import { untilOutcome } from '../support/untilOutcome';

const PAGE = '/catalog/default/component/order-service';

test('an engineer sees what is wrong with a service, why, and what to do', async ({
  page,
  request,
}) => {
  // The first evaluation of a fresh portal may still be under way
  await untilOutcome(request, {
    component: 'order-service',
    rule: 'objectives',
    outcome: 'fail',
  });

  await enterAs(page, PAGE, 'Joel Hartwig');
  const steps = page.getByRole('list', {
    name: 'Next steps of Production readiness, to Bronze',
  });
  await expect(steps).toBeVisible();
  await expectAccessibleInBothThemes(page);

  // With the keyboard, from the card to the rule in the tab
  await enterOn(page, steps.getByRole('link', { name: 'Somebody is on call' }));
  const onCall = page.getByRole('button', { name: 'Somebody is on call' });
  await expect(onCall).toHaveAttribute('aria-expanded', 'true');
  await expect(onCall).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(onCall).toHaveAttribute('aria-expanded', 'false');
  await expect(page).toHaveURL(new RegExp(`${PAGE}/scorecards$`));
  await tabTo(
    page,
    page.getByRole('button', { name: 'The README says what to do when' }),
  );

  // By a link that somebody sent
  await page.goto(
    `${PAGE}/scorecards?scorecard=default/production-readiness&rule=objectives`,
  );
  const objectives = page.getByRole('button', {
    name: 'Every endpoint has an objective',
  });
  await expect(objectives).toBeFocused();
  await expect(objectives).toBeInViewport();
  const values = page.getByRole('list', { name: 'Values' });
  await expect(values).toContainText('DELETE /orders/{orderId}');
  await expect(
    values.getByRole('link', { name: /ticketing\/order-service/ }),
  ).toBeVisible();
  await page.getByText('How it is checked').click();
  await expect(page.getByRole('region', { name: 'Expression' })).toHaveText(
    'size(facts.slo.endpointsWithoutSlo) == 0',
  );
  await page.getByText('How it changed').click();
  await expect(page.getByRole('list', { name: /^Changes/ })).toContainText(
    'Fail',
  );

  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByText(/^Checked just now/)).toBeVisible();
  await page.getByText('What the sources said').click();
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Repository files:' }),
  ).toBeVisible();
  await expectAccessibleInBothThemes(page);

  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScrolling(page);
  await page.goto(PAGE);
  await expect(steps).toBeVisible();
  await expectNoSidewaysScrolling(page);
});
