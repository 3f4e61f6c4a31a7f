import { expect, type Page } from '@playwright/test';

/** Fills in the form of a golden path, and sees the run to its end. */
export async function createService(
  page: Page,
  options: {
    url: string;
    template: string;
    name: string;
    description: string;
    pagerdutyServiceId: string;
  },
): Promise<void> {
  const { url, template, name, description, pagerdutyServiceId } = options;
  await page.goto(`${url}/create/templates/default/${template}`);
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: 'What it does' }).fill(description);
  const system = page.getByRole('combobox', { name: 'System' });
  // Its list opens for what is typed when it is there
  await expect(system).toHaveAttribute('placeholder', 'Type to search');
  await system.fill('Ticket Sales');
  // While its list is open there is no other field for anybody who does not see
  await page.getByRole('option', { name: 'Ticket Sales' }).click();
  await expect(page.getByRole('listbox')).toBeHidden();
  // Only with an owner, which comes with the squads of whoever fills this in
  await expect(page.getByText('This name is free.')).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: /Lifecycle/ }).click();
  await page.getByRole('option', { name: /^Production/ }).click();
  await page
    .getByRole('textbox', { name: 'Service in PagerDuty' })
    .fill(pagerdutyServiceId);
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('link', { name: 'Open in catalog' })).toBeVisible(
    { timeout: 120_000 },
  );
}
