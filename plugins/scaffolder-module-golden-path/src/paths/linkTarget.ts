import { safeUrl } from '@waymark/ui';

/**
 * Where a link of a template or of a run leads: a place of the portal, or out of
 * it. Undefined for what a browser would do more with than go there.
 *
 * @internal
 */
export function linkTarget(url: string): string | undefined {
  return /^\/(?![\\/])/.test(url) ? url : safeUrl(url);
}
