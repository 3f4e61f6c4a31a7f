/**
 * A number as the reader's browser writes it: `10,000`, `10.000`.
 *
 * @public
 */
export function formatNumber(
  value: number,
  options?: { maximumFractionDigits?: number },
): string {
  return new Intl.NumberFormat(undefined, {
    maximumFractionDigits: 0,
    ...options,
  }).format(value);
}

/**
 * A share as the reader's browser writes it. Never 0 % or 100 % unless it is: 3 of
 * 10,000 are less than 1 %, not none.
 *
 * @param share - 0 to 1
 * @public
 */
export function formatPercent(share: number): string {
  const format = new Intl.NumberFormat(undefined, {
    style: 'percent',
    maximumFractionDigits: 0,
  });
  if (share > 0 && share < 0.005) {
    return `< ${format.format(0.01)}`;
  }
  if (share < 1 && share >= 0.995) {
    return `> ${format.format(0.99)}`;
  }
  return format.format(share);
}
