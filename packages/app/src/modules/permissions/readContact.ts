import type { ConfigApi } from '@backstage/frontend-plugin-api';

/** Whom to ask for help: the first item of `app.support`, with its first link. */
export function readContact(
  configApi: ConfigApi,
): { name: string; url: string } | undefined {
  const [item] = configApi.getOptionalConfigArray('app.support.items') ?? [];
  const [link] = item?.getOptionalConfigArray('links') ?? [];
  return item && link
    ? { name: item.getString('title'), url: link.getString('url') }
    : undefined;
}
