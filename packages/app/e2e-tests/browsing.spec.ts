import { expectAccessible } from './support/accessibility';
import { enter, expect, test } from './support/test';

test('a guest enters with one click and finds the way from home', async ({
  page,
}) => {
  await page.goto('/');
  await expect(
    page.getByRole('heading', { name: 'Sign in to Waymark' }),
  ).toBeVisible();
  await expect(page).toHaveTitle(/Waymark/);
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Enter as guest' }).click();
  await expect(
    page.getByRole('heading', { name: 'Welcome to Waymark', level: 1 }),
  ).toBeVisible();
  await expect(
    page.getByRole('article', { name: 'What my team owns' }),
  ).toBeVisible();
  await expectAccessible(page);

  const repositories = page.getByRole('link', { name: /^Repositories/ });
  await expect(repositories).toHaveAttribute('href', /\/api\/forge\/$/);

  await page.getByRole('link', { name: 'Find a service' }).click();
  await expect(
    page.getByRole('heading', { name: /All Components/, level: 2 }),
  ).toBeVisible();
});

test('a service is found in the catalog, with its relations', async ({
  page,
}) => {
  await enter(page, '/catalog');
  await expect(
    page.getByRole('heading', { name: /All Components \([1-9]/, level: 2 }),
  ).toBeVisible();
  await expect(page).toHaveTitle('Catalog | Waymark');
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Order Service' }).click();
  await expect(page.getByRole('heading', { name: 'About' })).toBeVisible();
  await expect(
    page
      .getByRole('region', { name: 'Owner and contact' })
      .getByRole('link', { name: 'Maren Osei' }),
  ).toBeVisible();
  await expect(
    page
      .getByRole('list', { name: 'Depends on' })
      .getByRole('link', { name: 'Fare Rules' }),
  ).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'See the graph' }).click();
  await expect(
    page.getByRole('heading', { name: 'How it is connected', level: 1 }),
  ).toBeVisible();
  await expect(page.getByText('ownerOf').first()).toBeVisible();
  await expectAccessible(page);
});

test('each page shows itself without errors', async ({ page }) => {
  await enter(page, '/settings');
  for (const { address, heading } of [
    { address: '/api-docs', heading: /All APIs \([1-9]/i },
    { address: '/docs', heading: 'Docs' },
    { address: '/settings', heading: 'Settings' },
    { address: '/notifications', heading: 'Notifications' },
    { address: '/create', heading: 'HTTP API in TypeScript' },
    { address: '/catalog/default/group/platform', heading: 'Members' },
    { address: '/catalog/development/user/guest', heading: 'Groups' },
  ]) {
    await page.goto(address);
    await expect(
      page.getByRole('heading', { name: heading }).first(),
    ).toBeVisible();
  }
});

test('an address that leads nowhere says where to go instead', async ({
  page,
}) => {
  await enter(page, '/nowhere');
  await expect(
    page.getByRole('heading', { name: 'There is no page here' }),
  ).toBeVisible();
  await expect(page.getByText('/nowhere')).toBeVisible();
  await expectAccessible(page);

  // Nor does a page with tabs stay empty
  await page.goto('/delivery/nowhere');
  await expect(
    page.getByRole('heading', { name: 'There is no page here' }),
  ).toBeVisible();
  await page.getByRole('link', { name: 'Catalog' }).last().click();
  await expect(page).toHaveURL(/\/catalog/);
});

test('a page whose code does not come says so, and the way on stays', async ({
  page,
}) => {
  await enter(page, '/settings');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  // As after an update of the portal: what an open page would fetch is gone
  await page.route('**/static/**', route => route.abort('blockedbyclient'));
  const navigation = page
    .getByRole('link', { name: 'Delivery', exact: true })
    .first();
  await navigation.click();
  await expect(page.getByRole('alert')).toContainText('This page did not load');
  await expect(navigation).toBeVisible();
  await expectAccessible(page);

  await page.unroute('**/static/**');
  await page.getByRole('button', { name: 'Load it again' }).click();
  await expect(
    page.getByRole('heading', { name: 'Kestrelvale Rail: delivery' }),
  ).toBeVisible();
});

test('search finds a service from any page, by keyboard alone', async ({
  page,
}) => {
  await enter(page, '/catalog');
  await expect(page.getByRole('heading', { name: /Catalog/ })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await expect(dialog.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('ticket sh');
  // The index is built in the background
  await expect(
    dialog.getByRole('option', { selected: true, name: /^Ticket Shop/ }),
  ).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);

  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/search\?query=ticket/);
  await page.getByRole('radio', { name: 'Services and systems' }).click();
  const result = page.getByRole('link', { name: 'Ticket Shop', exact: true });
  await expect(result).toBeVisible();
  await expectAccessible(page);
  await result.click();
  await expect(page).toHaveURL(/\/component\/ticket-shop/);
});
