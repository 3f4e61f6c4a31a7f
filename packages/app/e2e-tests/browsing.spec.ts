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
    page.getByRole('heading', { name: 'Waymark', level: 1 }),
  ).toBeVisible();
  await expect(page.getByText('Your Starred Entities')).toBeVisible();
  await expectAccessible(page);

  const repositories = page.getByRole('link', { name: /^Repositories/ });
  await expect(repositories).toHaveAttribute('href', /\/api\/forge\/$/);

  await page.getByRole('heading', { name: 'Browse the catalog' }).click();
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
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Order Service' }).click();
  await expect(page.getByRole('heading', { name: 'About' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Relations' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'View graph' }).click();
  await expect(
    // Two of them while the page loads
    page.getByRole('heading', { name: 'Catalog Graph' }).first(),
  ).toBeVisible();
  await expect(page.getByText('ownerOf').first()).toBeVisible();
  await expectAccessible(page);
});

for (const { address, heading } of [
  { address: '/api-docs', heading: /All APIs \([1-9]/i },
  { address: '/docs', heading: 'Docs' },
  { address: '/settings', heading: 'user:development/guest' },
  { address: '/notifications', heading: 'Notifications' },
  { address: '/create', heading: 'HTTP API in TypeScript' },
  { address: '/catalog/default/group/platform', heading: /Members of/ },
  { address: '/catalog/development/user/guest', heading: 'Relations' },
]) {
  test(`${address} shows itself without errors`, async ({ page }) => {
    await enter(page, address);
    await expect(
      page.getByRole('heading', { name: heading }).first(),
    ).toBeVisible();
  });
}

test('an address that leads nowhere says where to go instead', async ({
  page,
}) => {
  await enter(page, '/nowhere');
  await expect(
    page.getByRole('heading', { name: 'There is no page here' }),
  ).toBeVisible();
  await expect(page.getByText('/nowhere')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Catalog' }).last().click();
  await expect(page).toHaveURL(/\/catalog/);
});

test('search finds a service', async ({ page, request, baseURL }) => {
  // The index is built in the background
  const { backstageIdentity } = await (
    await request.post('/api/auth/guest/refresh')
  ).json();
  await expect
    .poll(
      async () =>
        (
          await request.get(`${baseURL}/api/search/query?term=ticket`, {
            headers: { authorization: `Bearer ${backstageIdentity.token}` },
          })
        ).status(),
      { timeout: 60_000 },
    )
    .toBe(200);

  await enter(page, '/');
  await page
    .getByRole('textbox', { name: /Search/ })
    .first()
    .fill('ticket');
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('link', { name: /ticket/i }).first(),
  ).toBeVisible();
});
