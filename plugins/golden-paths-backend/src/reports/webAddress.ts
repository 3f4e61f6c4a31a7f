/**
 * The address of a page; events hold there whatever their sender wrote.
 *
 * @internal
 */
export function webAddress(url: string | null | undefined): string | undefined {
  return typeof url === 'string' && /^https?:\/\//i.test(url) ? url : undefined;
}
