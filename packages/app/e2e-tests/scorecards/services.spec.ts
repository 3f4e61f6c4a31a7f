import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import {
  expectAccessibleInBothThemes,
  expectNoSidewaysScrolling,
} from '../support/accessibility';
import { enterAs, expect, test } from '../support/test';

const RULE = 'The README says what to do when it fails';
const TAB = '/scorecards/default/production-readiness/services';

/** How the rows of the table begin, those of its header aside. */
function names(page: Page) {
  return page.getByRole('rowheader').allInnerTexts();
}

async function choose(page: Page, label: string, option: string) {
  await page.getByRole('button', { name: new RegExp(` ${label}$`) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** The export: its head and, of each line, the cells before any free text. */
async function exportList(page: Page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  const [head, ...rest] = text.split(/\r?\n/).map(line => line.split(','));
  return {
    fileName: download.suggestedFilename(),
    head,
    // Evidence may have line breaks of its own
    rows: rest.filter(([entity]) => /^component:/.test(entity)),
  };
}

test('a squad lead finds what her squad lacks, sends the list around and takes it along', async ({
  page,
}) => {
  await enterAs(page, TAB, 'Maren Osei');
  const table = page.getByRole('grid', {
    name: 'How each does on Production readiness',
  });
  await expect(table.getByRole('link', { name: 'Ticket Shop' })).toBeVisible();
  const everything = await names(page);

  // What the squad looks after
  await page.getByRole('combobox', { name: 'Owner' }).fill('Ticketing');
  await page.getByRole('option', { name: 'Ticketing' }).click();
  await expect(page.getByRole('listbox')).toBeHidden();
  await expect(
    page.getByRole('row', { name: 'Owner: Ticketing' }),
  ).toBeVisible();
  await expect.poll(() => names(page)).not.toEqual(everything);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  const owned = await names(page);
  expect(owned).toContain('Ticket Shop');

  // What stands in the way there
  await choose(page, 'Rule', RULE);
  await expect(
    table.getByRole('columnheader', {
      name: RULE,
    }),
  ).toBeVisible();
  await choose(page, 'Outcome', 'Any outcome');
  await expect.poll(() => names(page)).toEqual(owned);

  const score = table.getByRole('columnheader', { name: 'Score' });
  await score.click();
  await expect(score).toHaveAttribute('aria-sort', 'ascending');
  // The rows before stay until those after are there
  const answered = page.waitForResponse(
    response => new URL(response.url()).searchParams.get('sort') === '-score',
  );
  await score.click();
  await expect(score).toHaveAttribute('aria-sort', 'descending');
  await answered;
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  const sorted = await names(page);
  expect([...sorted].sort()).toEqual([...owned].sort());

  // Whoever gets the address sees the same
  const address = new URL(page.url());
  expect(Object.fromEntries(address.searchParams)).toEqual({
    owner: 'group:default/ticketing',
    rule: 'runbook',
    sort: '-score',
  });
  await page.goto(address.href);
  await expect(score).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(() => names(page)).toEqual(sorted);

  // All rules of one, each with the way to why
  const shop = table.getByRole('row', { name: 'Ticket Shop' });
  await shop.getByRole('button').click();
  const rules = page.getByRole('dialog', { name: 'Rules of Ticket Shop' });
  await expect(rules.getByRole('link', { name: RULE })).toHaveAttribute(
    'href',
    /\/ticket-shop\/scorecards\?.*&rule=runbook/,
  );
  await page.keyboard.press('Escape');
  await expect(rules).toBeHidden();

  // As it stood, taken along for whoever asks
  const today = new Date().toISOString().slice(0, 10);
  await page.goto(`${address.href}&asOf=${today}`);
  await expect(page.getByText(/^As it stood at the end of /)).toBeVisible();
  await expect.poll(() => names(page)).toEqual(sorted);
  const { fileName, head, rows } = await exportList(page);
  expect(fileName).toBe(`production-readiness-${today}.csv`);
  await expect(page.getByText(`Saved as ${fileName}`)).toBeVisible();
  const titles = rows.map(cells => cells[head.indexOf('title')]);
  expect(new Set(titles)).toEqual(new Set(sorted));
  expect(new Set(rows.map(cells => cells[head.indexOf('owner')]))).toEqual(
    new Set(['group:default/ticketing']),
  );
  await expectAccessibleInBothThemes(page);

  // Back to before the date, by the button of the page
  await page.getByRole('button', { name: 'Show today' }).click();
  await expect(page.getByText(/^As it stood/)).toBeHidden();

  // On a phone
  await page.setViewportSize({ width: 360, height: 800 });
  await expectNoSidewaysScrolling(page);
  await page.getByRole('button', { name: 'Filters (2)' }).click();
  await page.getByRole('searchbox', { name: 'Name' }).fill('no such thing');
  await expect(
    page.getByRole('heading', { name: 'Nothing is like that' }),
  ).toBeVisible();
  await expectNoSidewaysScrolling(page);
  await expectAccessibleInBothThemes(page);
  await page.goBack();
  await expect.poll(() => names(page)).toEqual(sorted);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect
    .poll(async () => (await names(page)).length)
    .toBeGreaterThan(sorted.length);
});
