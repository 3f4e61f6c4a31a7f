import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { Endpoint } from './Endpoint';
import { parseText } from './parseText';

/** Operations for the platform rather than for users, such as dead letters. */
const PLATFORM_TAG = 'platform';

const tags = z.array(z.object({ name: z.string() })).catch([]);
const operation = z.looseObject({ tags });
const version2 = z.looseObject({
  asyncapi: z.string().startsWith('2.'),
  channels: z
    .record(
      z.string(),
      z.looseObject({
        publish: operation.optional(),
        subscribe: operation.optional(),
      }),
    )
    .nullish(),
});
const version3 = z.looseObject({
  asyncapi: z.string().startsWith('3.'),
  channels: z
    .record(z.string(), z.looseObject({ address: z.string().nullish() }))
    .nullish(),
  operations: z
    .record(
      z.string(),
      z.looseObject({
        action: z.enum(['send', 'receive']),
        channel: z.object({ $ref: z.string() }),
        tags,
      }),
    )
    .nullish(),
});

/**
 * What an application does with its channels, by an AsyncAPI definition, in its
 * order, without what has the tag `platform`.
 *
 * @throws InputError when it is none
 * @internal
 */
export function readAsyncApi(definition: string): Endpoint[] {
  const text = parseText(definition);
  return z.object({ asyncapi: z.string().startsWith('2.') }).safeParse(text)
    .success
    ? endpointsOf2(read(version2, text))
    : endpointsOf3(read(version3, text));
}

function read<T>(schema: z.ZodType<T>, text: unknown): T {
  const parsed = schema.safeParse(text);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InputError(`${path.join('.') || 'it'}: ${message}`);
  }
  return parsed.data;
}

function endpointsOf2({ channels }: z.infer<typeof version2>): Endpoint[] {
  return Object.entries(channels ?? {}).flatMap(([address, item]) => [
    // Version 2 says what others do: what they publish is received here
    ...(item.publish ? endpoint('RECEIVE', [address], item.publish) : []),
    ...(item.subscribe ? endpoint('SEND', [address], item.subscribe) : []),
  ]);
}

function endpointsOf3({
  channels,
  operations,
}: z.infer<typeof version3>): Endpoint[] {
  return Object.entries(operations ?? {}).flatMap(([name, item]) => {
    const id = channelOf(item.channel.$ref) ?? '';
    const channel = Object.hasOwn(channels ?? {}, id)
      ? channels?.[id]
      : undefined;
    if (!channel) {
      throw new InputError(
        `operations.${name}: ${item.channel.$ref} is not in the definition`,
      );
    }
    const routes = channel.address ? [channel.address, id] : [id];
    return endpoint(item.action.toUpperCase(), routes, item);
  });
}

/** A JSON pointer, as it stands in an address. */
function channelOf(ref: string): string | undefined {
  const [, name] = /^#\/channels\/([^/]+)$/.exec(ref) ?? [];
  try {
    return (
      name &&
      decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')
    );
  } catch {
    return undefined;
  }
}

function endpoint(
  method: string,
  routes: string[],
  options: z.infer<typeof operation>,
): Endpoint[] {
  return options.tags.some(({ name }) => name === PLATFORM_TAG)
    ? []
    : [{ name: `${method} ${routes[0]}`, method, routes }];
}
