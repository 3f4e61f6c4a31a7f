import { expectAccessible } from '../support/accessibility';
import { callAs, enterAs } from './support/people';
import { picture } from './support/picture';
import { expect, test } from './support/test';

const name = 'departure-boards';
const entityRef = `component:default/${name}`;
const service = `/catalog/default/component/${name}`;

test('an engineer of another squad is not offered what only the owners may do', async ({
  page,
}) => {
  await enterAs(page, service, 'Maren Osei');
  await expect(page.getByRole('heading', { name: 'About' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'CI access' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Refresh' })).toBeHidden();
  await page.getByRole('button', { name: 'More actions' }).click();
  await expect(
    page.getByRole('menuitem', { name: 'Remove from the catalog' }),
  ).toBeDisabled();
});

test('an owner is offered it', async ({ page }) => {
  await enterAs(page, service, 'Priya Nandal');
  await expect(page.getByRole('link', { name: 'CI access' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Refresh' })).toBeVisible();
});

test('an auditor reads everything and is told why there is no more', async ({
  page,
}) => {
  await enterAs(page, service, 'Noor Lindqvist');
  await expect(page.getByRole('link', { name: 'CI access' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Refresh' })).toBeHidden();
  await page.goto('/create/templates/default/node-api');
  await expect(
    page.getByRole('heading', { name: 'This page is not open to you' }),
  ).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'auditor');
});

test('the API refuses what the pages do not offer', async () => {
  const attempts = {
    refresh: ['/api/catalog/refresh', { entityRef }],
    credential: [
      '/api/ci-credentials/credentials',
      { source: 'walk', entityRefs: [entityRef] },
    ],
    run: [
      '/api/scaffolder/v2/tasks',
      {
        templateRef: 'template:default/node-api',
        // Refused by the form, too: nothing comes of it for whoever may
        values: { name: 'No', owner: 'group:default/ticketing' },
      },
    ],
  } as const;
  const statuses = async (login: string) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(attempts).map(async ([what, [path, body]]) => {
          const answer = await callAs(login, path, { method: 'POST', body });
          return [what, answer.status];
        }),
      ),
    );
  expect(await statuses('noor-lindqvist')).toEqual({
    refresh: 403,
    credential: 403,
    run: 403,
  });
  expect(await statuses('maren-osei')).toEqual({
    refresh: 403,
    credential: 403,
    run: 400,
  });
  expect(await statuses('priya-nandal')).toEqual({
    refresh: 200,
    credential: 201,
    run: 400,
  });
});
