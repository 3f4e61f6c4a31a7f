import { InputError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { Target, targetsOfQuery } from './targetsOfQuery';

const MAX_CHARACTERS = 500_000;
const ENDPOINTS_ANNOTATION = 'waymark.dev/endpoints';
const IS_OPENSLO = /^\s*["']?apiVersion["']?\s*:\s*["']?openslo\/v1\b(?!\w)/m;

const metadata = z.looseObject({
  name: z.string(),
  annotations: z.record(z.string(), z.unknown()).nullish(),
});
const indicators = {
  indicator: z.unknown().optional(),
  indicatorRef: z.string().optional(),
};
const objectSchema = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('SLI'),
    metadata,
    spec: z.unknown().optional(),
  }),
  z.looseObject({
    kind: z.literal('SLO'),
    metadata,
    spec: z.looseObject({
      ...indicators,
      objectives: z.array(z.looseObject(indicators)).default([]),
    }),
  }),
]);

/**
 * What the OpenSLO files of a repository promise.
 *
 * @internal
 */
export interface Objectives {
  /** How many objectives there are. */
  count: number;
  targets: Target[];
}

/**
 * Reads OpenSLO files (`openslo/v1`); other files are passed over.
 *
 * An SLO is about the endpoints that its annotation `waymark.dev/endpoints`
 * lists, else about those that the queries of its indicators select. One without
 * objectives promises nothing.
 *
 * @throws InputError that names the file
 * @internal
 */
export function readObjectives(
  files: { path: string; text: string }[],
): Objectives {
  const objects = files
    .filter(({ text }) => IS_OPENSLO.test(text))
    .flatMap(readFile);
  const shared = new Map(
    objects
      .filter(({ kind }) => kind === 'SLI')
      .map(({ metadata: { name }, spec }) => [name, spec]),
  );

  let count = 0;
  const targets = new Map<string, Target>();
  for (const object of objects) {
    if (object.kind !== 'SLO' || object.spec.objectives.length === 0) {
      continue;
    }
    count += object.spec.objectives.length;
    const listed = object.metadata.annotations?.[ENDPOINTS_ANNOTATION];
    const found =
      typeof listed === 'string'
        ? readList(listed)
        : [object.spec, ...object.spec.objectives]
            .flatMap(({ indicator, indicatorRef }) => [
              indicator,
              indicatorRef && shared.get(indicatorRef),
            ])
            .flatMap(textsIn)
            .flatMap(targetsOfQuery);
    for (const target of found) {
      targets.set(`${target.method} ${target.route}`, target);
    }
  }
  return { count, targets: [...targets.values()] };
}

function readFile({ path, text }: { path: string; text: string }) {
  if (text.length > MAX_CHARACTERS) {
    throw new InputError(`${path} has more than ${MAX_CHARACTERS} characters`);
  }
  return parseAllDocuments(text).flatMap(document => {
    const [error] = document.errors ?? [];
    if (error) {
      throw new InputError(`${path}: ${error.message.split('\n')[0]}`);
    }
    const value = document.toJS();
    if (!['SLO', 'SLI'].includes(value?.kind)) {
      return [];
    }
    const parsed = objectSchema.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new InputError(
        `${path}: ${value.kind}: ${issue.path.join('.')}: ${issue.message}`,
      );
    }
    return [parsed.data];
  });
}

/** `GET /v1/fares, POST /v1/orders`; a line break will do for a comma. */
function readList(text: string): Target[] {
  return text
    .split(/[,\n]/)
    .map(entry => entry.trim())
    .filter(Boolean)
    .map(entry => {
      const [, method, route] = /^([a-zA-Z]+)\s+(\/.*)$/.exec(entry) ?? [];
      return route ? { method: method.toUpperCase(), route } : { route: entry };
    });
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(textsIn)
    : [];
}
