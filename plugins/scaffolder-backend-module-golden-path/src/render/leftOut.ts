import { z } from 'zod';
import { PathPart } from './layerParts';

const REASON = { min: 10, max: 500 };
const DECLARED = 'The repository declares it';

/**
 * A part that a service does without, and why.
 *
 * @public
 */
export interface LeftOut {
  part: string;
  reason: string;
}

const leftOutSchema = z
  .array(
    z.strictObject({
      part: z.string().min(1).max(40),
      reason: z
        .string()
        .trim()
        .max(2000)
        .refine(
          ({ length }) => length >= REASON.min && length <= REASON.max,
          `must have ${REASON.min} to ${REASON.max} characters, which say why it is left out`,
        )
        .refine(
          // It goes into a file of the repository, and on to a page
          reason => !/[^\P{Cc}\n\t]|\p{Cs}/u.test(reason),
          'must not have control characters',
        ),
    }),
  )
  .max(50)
  .default([]);

/**
 * Reads what is left out, and looks whether it can be.
 *
 * @param parts - those of the path; undefined where they are not known yet
 * @returns what is wrong with it, if anything, without the name of the field
 * @internal
 */
export function readLeftOut(
  value: unknown,
  parts: PathPart[] | undefined,
): { leftOut: LeftOut[]; problem?: string } {
  const parsed = leftOutSchema.safeParse(value ?? undefined);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    const [index, ...rest] = path;
    const entry =
      index === undefined
        ? undefined
        : (value as { part?: unknown }[])[Number(index)];
    const named =
      typeof entry?.part === 'string' ? `'${entry.part.slice(0, 40)}'` : index;
    return {
      leftOut: [],
      problem: `${[
        ...(named === undefined ? [] : [named]),
        ...rest.map(String),
      ].join(': ')}${path.length > 0 ? ' ' : ''}${message}`,
    };
  }
  const leftOut = parsed.data;
  return { leftOut, problem: partsProblem(leftOut, parts) };
}

/**
 * What a repository declares to be left out, as far as it can be: anybody may write
 * anything there, and none of it has to keep a newer version from it. Parts that the
 * path does not have are dropped, and those that others need which are not left out.
 *
 * @internal
 */
export function fitLeftOut(
  declared: LeftOut[],
  parts: Pick<PathPart, 'name' | 'needs'>[],
): LeftOut[] {
  const known = new Map(
    declared
      .filter(({ part }) => parts.some(({ name }) => name === part))
      .map(item => [item.part, item]),
  );
  return withoutNeeded([...known.keys()], parts).map(part => ({
    part,
    // Why is the owners' matter; nothing that is rendered says it
    reason: leftOutSchema.safeParse([known.get(part)]).success
      ? known.get(part)?.reason ?? DECLARED
      : DECLARED,
  }));
}

/** Until nothing is left out that something that stays needs. */
function withoutNeeded(
  names: string[],
  parts: Pick<PathPart, 'name' | 'needs'>[],
): string[] {
  const present = parts.filter(({ name }) => !names.includes(name));
  const fitting = names.filter(name =>
    present.every(({ needs }) => !needs.includes(name)),
  );
  return fitting.length === names.length
    ? names
    : withoutNeeded(fitting, parts);
}

function partsProblem(
  leftOut: LeftOut[],
  parts: PathPart[] | undefined,
): string | undefined {
  const names = leftOut.map(({ part }) => part);
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) {
    return `'${double}' is named twice`;
  }
  if (!parts) {
    return undefined;
  }
  const unknown = names.find(name => parts.every(part => part.name !== name));
  if (unknown !== undefined) {
    return `'${unknown}' is not a part that can be left out; ${
      parts.length > 0
        ? `those are ${parts.map(({ name }) => name).join(', ')}`
        : 'this path has none'
    }`;
  }
  for (const part of parts) {
    const missing = part.needs.find(name => names.includes(name));
    if (missing !== undefined && !names.includes(part.name)) {
      return `'${part.name}' needs '${missing}', which is left out: leave out both or neither`;
    }
  }
  return undefined;
}
