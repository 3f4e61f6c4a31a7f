import type { APIRequestContext, Page } from '@playwright/test';
import {
  expectAccessibleInBothThemes,
  expectNoSidewaysScrolling,
} from './support/accessibility';
import { enterOn, tabTo } from './support/keyboard';
import { tab } from './support/tab';
import { expect, freshName, test } from './support/test';

/** What one sees on the way, by the names that a screen reader tells. */
function places(page: Page) {
  return {
    guest: page.getByRole('button', { name: 'Enter as guest' }),
    // Home
    firstStep: page.getByRole('link', { name: 'Find a service' }),
    // Search
    search: page.getByRole('combobox', { name: /Search/ }),
    found: (name: RegExp) => page.getByRole('option', { name }),
    // The page of a service
    title: (name: string) => page.getByRole('heading', { name, exact: true }),
    docs: tab(page, 'Docs'),
    story: page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('link', { name: 'How an order goes' }),
    diagram: page.getByText('Text of the diagram'),
    // Creating
    create: page
      .getByRole('navigation')
      .first()
      .getByRole('link', { name: 'Create' }),
    path: page
      .getByRole('article', { name: 'HTTP API in TypeScript' })
      .getByRole('link', { name: 'Use this path' }),
    name: page.getByRole('textbox', { name: 'Name' }),
    whatItDoes: page.getByRole('textbox', { name: 'What it does' }),
    free: page.getByText('This name is free.'),
    next: page.getByRole('button', { name: 'Next' }),
    review: page.getByRole('button', { name: 'Review' }),
    start: page.getByRole('button', { name: 'Create', exact: true }),
    inCatalog: page.getByRole('link', { name: 'Open in catalog' }),
  };
}

/** A portal that has just started does not know its repositories yet. */
async function waitForSearch(request: APIRequestContext): Promise<void> {
  const { backstageIdentity } = await (
    await request.post('/api/auth/guest/refresh')
  ).json();
  await expect
    .poll(
      async () => {
        const found = await request.get('/api/search/query?term=order', {
          headers: { authorization: `Bearer ${backstageIdentity.token}` },
        });
        return found.text();
      },
      { timeout: 60_000 },
    )
    .toContain('"/catalog/default/component/order-service"');
}

/** As a newcomer sees it in either theme, and on a phone. */
async function lookAround(page: Page): Promise<void> {
  await expectAccessibleInBothThemes(page);
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 360, height: 800 });
  await expectNoSidewaysScrolling(page);
  await page.setViewportSize(size);
}

test('in five minutes somebody finds a service, understands it, reads about it and makes one', async ({
  page,
  request,
}) => {
  await waitForSearch(request);
  const name = freshName('first');
  const see = places(page);

  await page.goto('/');
  await expect(see.guest).toBeVisible();
  await lookAround(page);
  await see.guest.click();
  await expect(see.firstStep).toBeVisible();
  await lookAround(page);

  await page.keyboard.press('ControlOrMeta+k');
  await see.search.fill('order ser');
  await expect(see.found(/Order Service/).first()).toBeVisible();
  await lookAround(page);
  await see
    .found(/Order Service/)
    .first()
    .click();

  await expect(see.title('Order Service')).toBeVisible();
  for (const section of [/^Owner/, /^Run it locally/, /^Dependencies/]) {
    await expect(page.getByRole('heading', { name: section })).toBeVisible();
  }
  await lookAround(page);

  await see.docs.click();
  await see.story.click();
  await expect(see.diagram).toBeVisible();
  await lookAround(page);

  await see.create.click();
  await expect(see.path).toBeVisible();
  await lookAround(page);
  await see.path.click();
  await see.name.fill(name);
  await see.whatItDoes.fill('Takes orders');
  await expect(see.free).toBeVisible();
  await lookAround(page);
  await see.next.click();
  await see.review.click();
  await expect(see.start).toBeVisible();
  await lookAround(page);
  await see.start.click();
  await expect(see.inCatalog).toBeVisible();
  await lookAround(page);

  await see.inCatalog.click();
  await expect(see.title(name)).toBeVisible();
  await expect(page.getByText('Takes orders').first()).toBeVisible();
  await lookAround(page);
});

test('the same with the keyboard alone', async ({ page, request }) => {
  await waitForSearch(request);
  const name = freshName('keys');
  const see = places(page);

  await page.goto('/');
  await enterOn(page, see.guest);
  await expect(see.firstStep).toBeVisible();
  // Past the navigation in one step
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await tabTo(page, see.firstStep);

  await page.keyboard.press('ControlOrMeta+k');
  await expect(see.search).toBeFocused();
  await page.keyboard.type('order ser');
  await expect(see.found(/Order Service/).first()).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Enter');
  await expect(see.title('Order Service')).toBeVisible();

  await enterOn(page, see.docs);
  await enterOn(page, see.story);
  await expect(see.diagram).toBeVisible();

  await enterOn(page, see.create);
  await enterOn(page, see.path);
  // The form puts the focus into its first field
  await expect(see.name).toBeFocused();
  await page.keyboard.type(name);
  await expect(see.free).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(see.whatItDoes).toBeFocused();
  await page.keyboard.type('Takes orders');

  await page.keyboard.press('Tab');
  const owner = page.getByRole('combobox', { name: 'Owner' });
  await expect(owner).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('plat');
  await expect(page.getByRole('option', { name: /Platform/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(owner).toHaveValue('Platform');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('combobox', { name: 'System' })).toBeFocused();
  // Closes its list
  await page.keyboard.press('Escape');
  await enterOn(page, see.next);
  await enterOn(page, see.review);
  await enterOn(page, see.start);

  await enterOn(page, see.inCatalog);
  await expect(see.title(name)).toBeVisible();
});
