import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Violations inside components of Backstage that offer no way to mend them from
 * outside. Each entry lets one rule pass for one selector.
 */
const KNOWN: Array<{ rule: string; selector: string; reason: string }> = [
  {
    rule: 'label',
    selector: '[class*="MuiAutocomplete-"] input',
    reason:
      'The filters of the catalog graph page put their label beside the input without tying them together',
  },
];

/**
 * Where react-aria says things to screen readers. For some seconds after a button
 * was busy it names the indicator that is gone by then, and it is emptied while axe
 * looks, so that what was found there cannot be compared with what is known.
 */
const ANNOUNCER = '[data-live-announcer]';

/** Tables whose rows are about to be replaced: they are pale. */
const LOADING = 'table[aria-busy="true"], [aria-busy="true"] table';

/** What fails however little axe makes of it: ways for those who do not see. */
const LANDMARKS = [
  'landmark-no-duplicate-main',
  'landmark-one-main',
  'page-has-heading-one',
  'region',
  'skip-link',
];

/** On pages whose every part is the portal's own: their outline holds together. */
const OUTLINE = ['heading-order', 'landmark-unique'];

/**
 * Fails on anything serious or critical that axe finds on the page.
 *
 * @param options - `hasOutline`: no heading leaves out a level, and no two landmarks
 * have the same name
 */
export async function expectAccessible(
  page: Page,
  options: { hasOutline?: boolean } = {},
): Promise<void> {
  const light = [...LANDMARKS, ...(options.hasOutline ? OUTLINE : [])];
  await expect(page.locator(LOADING)).toHaveCount(0);
  await settle(page);
  const { violations } = await new AxeBuilder({ page })
    .exclude(ANNOUNCER)
    // Half the time: in the page itself, which has no frames of others, and
    // without a list of all that is well
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  const found: string[] = [];

  for (const { id, impact, help, nodes } of violations) {
    const isGrave = impact === 'serious' || impact === 'critical';
    if (!isGrave && !light.includes(id)) {
      continue;
    }
    const selectors = KNOWN.filter(({ rule }) => rule === id).map(
      ({ selector }) => selector,
    );
    for (const { target, html } of nodes) {
      const isKnown = await page.evaluate(
        ([path, known]) =>
          known.some(selector => {
            const element = document.querySelector(path);
            return element !== null && element.matches(selector);
          }),
        [target.join(' '), selectors] as const,
      );
      if (!isKnown) {
        found.push(`${id} (${help}): ${html.slice(0, 200)}`);
      }
    }
  }

  expect(found, `accessibility of ${page.url()}`).toEqual([]);
}

/**
 * The same in the light and in the dark theme, without loading the page again; it
 * is light afterwards. For readers who have chosen no theme.
 */
export async function expectAccessibleInBothThemes(
  page: Page,
  options?: Parameters<typeof expectAccessible>[1],
): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect
      .poll(() => page.evaluate(() => document.body.dataset.themeMode))
      .toBe(colorScheme);
    await expectAccessible(page, options);
  }
}

/** Waits for what fades from one colour to another. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(
          ({ effect }) => effect?.getComputedTiming().endTime !== Infinity,
        )
        .map(({ finished }) => finished),
    ),
  );
}

/** Fails on a page that is wider than its window, and stays so. */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        ),
      { message: `pixels that ${page.url()} is too wide`, timeout: 2_000 },
    )
    .toBeLessThanOrEqual(0);
}
