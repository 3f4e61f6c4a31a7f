import path from 'node:path';
import { enter, expect, freshName, test } from './support/test';

const FOLDER = path.resolve(__dirname, '../../../e2e-test-report/screenshots');

const VIEWS = [
  { view: 'light', width: 1280, colorScheme: 'light' },
  { view: 'dark', width: 1280, colorScheme: 'dark' },
  { view: 'narrow', width: 360, colorScheme: 'light' },
  { view: 'narrow-dark', width: 360, colorScheme: 'dark' },
] as const;

for (const { view, width, colorScheme } of VIEWS) {
  test(`pictures of the main pages, ${view}`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const shoot = (name: string) =>
      page.screenshot({ path: path.join(FOLDER, `${name}-${view}.png`) });

    await page.goto('/');
    await expect(
      page.getByRole('button', { name: 'Enter as guest' }),
    ).toBeVisible();
    await shoot('sign-in');

    await enter(page, '/');
    await expect(
      page.getByRole('article', { name: 'What my team owns' }),
    ).toBeVisible();
    await shoot('home');

    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox', { name: 'Search' }).fill('order ser');
    await expect(
      page.getByRole('option', { name: /^Order Service/ }).first(),
    ).toBeVisible();
    await shoot('search');

    await page.goto('/docs/default/component/order-service/lifecycle/');
    await expect(page.getByText('Text of the diagram')).toBeVisible();
    await shoot('docs');

    await page.goto('/catalog');
    await expect(
      page.getByRole('link', { name: /ticket.shop/i }),
    ).toBeVisible();
    await shoot('catalog');

    await page.goto('/catalog/default/component/ticket-shop');
    await expect(page.getByRole('list', { name: 'Depends on' })).toBeVisible();
    await shoot('service');
    for (const other of [
      'api/train-positions',
      'domain/passenger-travel',
      'group/ticketing',
      'system/ticket-sales',
      'user/maren.osei',
    ]) {
      await page.goto(`/catalog/default/${other}`);
      await expect(page.getByRole('region', { name: 'About' })).toBeVisible();
      await shoot(other.replace('/', '-'));
    }

    await page.goto(
      '/catalog-graph?rootEntityRefs[]=component:default/ticket-shop',
    );
    await expect(page.getByText('ownerOf').first()).toBeVisible();
    await shoot('graph');

    await page.goto('/scorecards');
    await expect(
      page.getByRole('article', { name: 'Production readiness' }),
    ).toContainText('too new for a trend');
    await shoot('scorecards');
    await page.goto('/scorecards/default/production-readiness/overview');
    await expect(
      page.getByRole('img', { name: /services per level over time/ }),
    ).toBeVisible();
    await shoot('scorecard-overview');
    await page.goto('/scorecards/default/production-readiness/rules');
    await expect(
      page.getByRole('link', { name: /^No data/ }).first(),
    ).toBeVisible();
    await shoot('scorecard-rules');

    await page.goto('/create');
    await expect(
      page.getByRole('link', { name: 'Use this path' }).first(),
    ).toBeVisible();
    await shoot('create');

    const name = freshName('picture');
    await page.goto('/create/templates/default/node-api');
    const field = page.getByRole('textbox', { name: 'Name' });
    await field.fill('Not Allowed');
    await shoot('form-error');
    await field.fill(name);
    await page
      .getByRole('textbox', { name: 'What it does' })
      .fill('Takes orders');
    await expect(page.getByText('This name is free.')).toBeVisible();
    await shoot('form');

    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Review' }).click();
    await expect(page.getByRole('button', { name: 'Create' })).toBeVisible();
    await shoot('review');
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(
      page.getByRole('link', { name: 'Open in catalog' }),
    ).toBeVisible();
    await shoot('run');
    await page.getByRole('link', { name: 'Open in catalog' }).click();
    await expect(page.getByText('Takes orders').first()).toBeVisible();
    await shoot('created');

    await page.goto('/create/templates/default/unfinished');
    await page
      .getByRole('textbox', { name: 'Name' })
      .fill(freshName('unfinished'));
    await expect(page.getByText('This name is free.')).toBeVisible();
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(
      page.getByRole('region', { name: /This run failed/ }),
    ).toBeVisible();
    await shoot('failed-run');

    await page.goto('/catalog/default/component/ticket-shop/ci-access');
    await page.getByRole('button', { name: 'Create credential' }).click();
    const source = page.getByRole('textbox', { name: /Source/ });
    await source.fill(freshName('shop-pipeline'));
    await shoot('credential-form');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: 'Create credential' })
      .click();
    const stored = page.getByRole('button', {
      name: 'I have stored the token',
    });
    await expect(stored).toBeVisible();
    await shoot('credential-token');
    await stored.click();
    await expect(stored).toBeHidden();
    await shoot('component-credentials');
    await page.goto('/ci-credentials');
    const revoke = page.getByRole('button', { name: /^Revoke / }).first();
    await expect(revoke).toBeVisible();
    await shoot('credentials');
    await revoke.click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await shoot('credential-revoke');

    // Last, since the page's sandbox reports what it blocks as errors
    page.removeAllListeners('console');
    await page.goto(`/api/forge/platform/${name}`);
    await expect(
      page.getByRole('link', { name: 'catalog-info.yaml' }).first(),
    ).toBeVisible();
    await shoot('forge');
  });
}
