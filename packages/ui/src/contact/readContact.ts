import type { Config } from '@backstage/config';

/**
 * Whom to ask for help: the first item of `app.support`, with its first link.
 *
 * @public
 */
export function readContact(
  config: Config,
): { name: string; url: string } | undefined {
  const [item] = config.getOptionalConfigArray('app.support.items') ?? [];
  const [link] = item?.getOptionalConfigArray('links') ?? [];
  return item && link
    ? { name: item.getString('title'), url: link.getString('url') }
    : undefined;
}
