import { type Locator, type Page } from '@playwright/test';

/**
 * A tab of an entity's page, such as `Pipeline`. Cards of the overview lead to the
 * same places by the same names as soon as they are loaded.
 */
export function tab(page: Page, name: string): Locator {
  return page
    .getByRole('navigation', { name: 'Content navigation' })
    .getByRole('link', { name, exact: true });
}
