import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { Endpoint } from './Endpoint';
import { parseText } from './parseText';

const METHODS = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
] as const;
/** Endpoints for the platform rather than for users: probes, metrics. */
const PLATFORM_TAG = 'platform';

const operation = z.object({ tags: z.array(z.string()).catch([]) });
const pathItem = z.looseObject({
  ...(Object.fromEntries(
    METHODS.map(method => [method, operation.optional()]),
  ) as {
    [method in (typeof METHODS)[number]]: z.ZodOptional<typeof operation>;
  }),
  $ref: z.string().optional(),
});
const document = z.looseObject({
  openapi: z.string().optional(),
  swagger: z.string().optional(),
  basePath: z.string().optional(),
  servers: z
    .array(z.object({ url: z.string() }))
    .nullish()
    .catch([]),
  paths: z.record(z.string(), pathItem).nullish(),
});

/**
 * The endpoints of an OpenAPI or Swagger definition, in its order, without those
 * with the tag `platform`.
 *
 * @throws InputError when it is none
 * @internal
 */
export function readOpenApi(definition: string): Endpoint[] {
  const parsed = document.safeParse(parseText(definition));
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InputError(`${path.join('.') || 'it'}: ${message}`);
  }
  const { openapi, swagger, paths, servers, basePath } = parsed.data;
  if (!openapi && !swagger) {
    throw new InputError('it says neither "openapi" nor "swagger"');
  }

  const bases = [...(servers ?? []).map(({ url }) => pathOf(url)), basePath]
    .map(base => base?.replace(/\/+$/, ''))
    .filter((base): base is string => !!base);
  return Object.entries(paths ?? {}).flatMap(([path, item]) => {
    const { $ref } = item;
    const target = $ref
      ? pathItem.safeParse(resolve(parsed.data, $ref)).data
      : undefined;
    if ($ref && !target) {
      throw new InputError(`paths.${path}: ${$ref} is not in the definition`);
    }
    return METHODS.flatMap(method => {
      const found = item[method] ?? target?.[method];
      return found && !found.tags.includes(PLATFORM_TAG)
        ? [
            {
              name: `${method.toUpperCase()} ${path}`,
              method: method.toUpperCase(),
              // Also below what servers put before it
              routes: [path, ...bases.map(base => `${base}${path}`)],
            },
          ]
        : [];
    });
  });
}

/** Of a server; a relative address is a path already. */
function pathOf(url: string): string {
  return url.replace(/^[a-z+.-]*:?\/\/[^/]*/i, '');
}

/** What a reference within the document leads to. */
function resolve(root: unknown, reference: string): unknown {
  const [file, pointer] = reference.split('#');
  if (file !== '' || !pointer?.startsWith('/')) {
    return undefined;
  }
  return pointer
    .slice(1)
    .split('/')
    .map(part =>
      decodeURIComponent(part.replace(/~1/g, '/').replace(/~0/g, '~')),
    )
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' &&
        value !== null &&
        Object.hasOwn(value, part)
          ? (value as { [key: string]: unknown })[part]
          : undefined,
      root,
    );
}
