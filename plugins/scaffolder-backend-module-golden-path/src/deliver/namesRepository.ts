/**
 * Whether a text names a repository: its page, or the address for `git clone`.
 *
 * @internal
 */
export function namesRepository(text: string, url: string): boolean {
  const quoted = url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // orders is not named by the address of orders-api
  return new RegExp(`${quoted}(\\.git)?(?![\\w.-])`, 'i').test(text);
}
