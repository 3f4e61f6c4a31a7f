import { expectAccessible } from '../support/accessibility';
import { pickGithubAccount } from '../support/pickGithubAccount';
import { picture } from './support/picture';
import { expect, test } from './support/test';

test('somebody of the organisation signs in with GitHub, and with nothing else', async ({
  page,
}) => {
  await page.goto('/settings');
  const github = page.getByRole('button', { name: 'Sign in with GitHub' });
  await expect(github).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(1);
  await expect(page.getByText(/guest|enter as one of/i)).toHaveCount(0);
  await expectAccessible(page);
  await picture(page, 'sign-in');

  await pickGithubAccount(page, 'Maren Osei');
  // Links to the person are called by the name, too, once it is known
  await expect(
    page.getByText('Maren Osei', { exact: true }).first(),
  ).toBeVisible();
  await expect(
    page.getByText(/^You own what belongs to: .*Ticketing/),
  ).toBeVisible();
  await picture(page, 'settings');
  // The person and the squad are those of GitHub
  await page.goto('/catalog/default/user/maren-osei');
  await expect(
    page.getByRole('link', { name: 'Ticketing' }).first(),
  ).toBeVisible();
});

test('somebody outside of it reads so, and whom to ask', async ({ page }) => {
  await page.goto('/');
  await pickGithubAccount(page, 'Passer By');
  await expect(page.getByRole('alert')).toContainText(
    'Your GitHub account passer-by is not in the catalog of this portal. Ask the harbour office, office@harbour.example.',
  );
  await expectAccessible(page);
  await picture(page, 'refused');
  await page.goto('/catalog');
  await expect(
    page.getByRole('button', { name: 'Sign in with GitHub' }),
  ).toBeVisible();
});
