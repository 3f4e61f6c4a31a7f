import { expectAccessible } from './support/accessibility';
import { startRun } from './support/startRun';
import { enterAs, expect, freshName, leave, test } from './support/test';

/** What the sample people are offered, by the role that each of them holds. */
const PEOPLE = [
  {
    name: 'Joel Hartwig',
    role: 'an engineer',
    mayCreate: true,
    mayManage: false,
    ownsTicketShop: true,
    seesCredentials: true,
  },
  {
    name: 'Maren Osei',
    role: 'a squad lead',
    mayCreate: true,
    mayManage: false,
    ownsTicketShop: true,
    seesCredentials: true,
  },
  {
    name: 'Adaeze Bell',
    role: 'a platform engineer',
    mayCreate: true,
    mayManage: true,
    ownsTicketShop: true,
    seesCredentials: true,
  },
  {
    name: 'Helena Strand',
    role: 'a leader',
    mayCreate: true,
    mayManage: false,
    ownsTicketShop: false,
    // Of the shop: those of what her own group owns she would see
    seesCredentials: false,
  },
  {
    name: 'Noor Lindqvist',
    role: 'an auditor',
    mayCreate: false,
    mayManage: false,
    ownsTicketShop: false,
    seesCredentials: true,
  },
];

for (const {
  name,
  role,
  mayCreate,
  mayManage,
  ownsTicketShop,
  seesCredentials,
} of PEOPLE) {
  test(`${name}, ${role}, is offered what the role allows`, async ({
    page,
  }) => {
    await enterAs(page, '/', name);
    const navigation = page.getByRole('navigation').first();
    const create = navigation.getByRole('link', { name: 'Create' });
    const runs = navigation.getByRole('link', { name: 'Runs' });
    await expect(mayCreate ? create : runs).toBeVisible();
    await expect(mayCreate ? runs : create).toBeHidden();
    await expect(
      page.getByRole('heading', { name: `Welcome, ${name}` }),
    ).toBeVisible();
    await expect(
      page.getByRole('article', { name: 'Create a service' }),
    ).toBeVisible({ visible: mayCreate });
    await expect(
      navigation.getByRole('link', { name: 'CI credentials' }),
    ).toBeVisible();

    await page.goto('/create');
    await expect(
      page.getByRole('heading', { name: 'HTTP API in TypeScript' }),
    ).toBeVisible();
    const subPages = page
      .getByRole('navigation', { name: 'Create', exact: true })
      .getByRole('link');
    await expect(subPages).toHaveText(['Choose', 'Runs']);
    const authors = page.getByRole('link', { name: 'For authors' });
    await expect(authors).toBeVisible({ visible: mayManage });
    await expect(
      page.getByRole('link', { name: 'Use this path' }).first(),
    ).toBeVisible({ visible: mayCreate });
    if (mayManage) {
      await authors.click();
      await expect(subPages).toHaveText([
        'Actions',
        'Template Editor',
        'Templating Extensions',
      ]);
      await subPages.filter({ hasText: 'Actions' }).click();
      await expect(page).toHaveURL(/\/create\/actions$/);
      await expect(page.getByText('golden-path:publish').first()).toBeVisible();
      await page.getByRole('link', { name: 'Back to golden paths' }).click();
      await expect(page).toHaveURL(/\/create\/templates$/);
    }

    await page.goto('/catalog/default/component/ticket-shop');
    await expect(page.getByRole('heading', { name: 'About' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'CI access' })).toBeVisible({
      visible: seesCredentials,
    });
    await page.getByRole('button', { name: 'More actions' }).click();
    const unregister = page.getByRole('menuitem', {
      name: 'Remove from the catalog',
    });
    await expect(unregister).toBeVisible();
    await expect(unregister).toBeEnabled({ enabled: mayManage });
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Refresh' })).toBeVisible({
      visible: ownsTicketShop,
    });
  });
}

test('what others own has no CI access for an engineer', async ({ page }) => {
  await enterAs(
    page,
    '/catalog/default/component/departure-boards',
    'Joel Hartwig',
  );
  await expect(page.getByRole('heading', { name: 'About' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'CI access' })).toBeHidden();
});

for (const { name, address, what } of [
  {
    name: 'Noor Lindqvist',
    address: '/create/templates/default/node-api',
    what: 'create anything with a template',
  },
  {
    name: 'Joel Hartwig',
    address: '/create/edit',
    what: 'edit templates',
  },
  {
    name: 'Joel Hartwig',
    address: '/delivery/imports',
    what: 'import what happened before the portal was there',
  },
  {
    // Of another squad
    name: 'Joel Hartwig',
    address: '/catalog/default/component/departure-boards/ci-access',
    what: 'see the CI credentials of this component',
  },
]) {
  test(`${address} says to ${name} what is missing and whom to ask`, async ({
    page,
  }) => {
    await enterAs(page, address, name);
    await expect(
      page.getByRole('heading', { name: 'This page is not open to you' }),
    ).toBeVisible();
    await expect(page.getByText(`You may not ${what}`)).toBeVisible();
    await expect(
      page.getByRole('link', { name: 'Platform', exact: true }),
    ).toHaveAttribute('href', /\/catalog\/default\/group\/platform$/);
    if (address === '/create/edit') {
      // The same page for all of them
      await expectAccessible(page);
    }
  });
}

test('the run of somebody else says so, and to an auditor what happened', async ({
  page,
  request,
}) => {
  const run = await startRun(request, {
    template: 'unfinished',
    values: { name: freshName('foreign') },
  });

  await enterAs(page, run, 'Joel Hartwig');
  await expect(
    page.getByRole('heading', { name: 'This page is not open to you' }),
  ).toBeVisible();
  await expect(page.getByText('You may not see this run')).toBeVisible();
  await leave(page);

  await enterAs(page, run, 'Noor Lindqvist');
  const panel = page.getByRole('region', { name: /This run failed/ });
  await expect(panel).toBeVisible();
  await expect(panel.getByRole('button')).toBeHidden();
});

test('on a narrow screen the way to CI credentials is there as well', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await enterAs(page, '/', 'Noor Lindqvist');
  for (const name of ['Search', 'Home', 'Menu', 'Notifications', 'Settings']) {
    await expect(
      page.getByRole('button', { name, exact: true }),
    ).toBeInViewport({ ratio: 1 });
  }
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Menu' })).toBeVisible();
  await page.getByRole('link', { name: 'CI credentials' }).click();
  await expect(page).toHaveURL(/\/ci-credentials$/);
});
