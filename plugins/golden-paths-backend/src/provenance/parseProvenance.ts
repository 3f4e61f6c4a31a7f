import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import {
  DeclaredDeviation,
  PART,
  partPath,
  Provenance,
  PROVENANCE_PATH,
  ProvenanceProblem,
} from './Provenance';

/** A repository of a thousand files needs a tenth of it. */
export const MAX_PROVENANCE_BYTES = 1_000_000;
const MAX_FILES = 10_000;
const MAX_LAYERS = 100;
const MAX_DEVIATIONS = 100;
/** More problems tell no more. */
const MAX_PROBLEMS = 10;

const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    // PostgreSQL does not take it, and nobody could read it
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not have control characters');

const pathSchema = text(1024).refine(
  path =>
    !path.startsWith('/') &&
    !path.split('/').some(part => part === '..' || part === '.'),
  'has to be a path inside the repository, without .. in it',
);

const refSchema = text(400).transform((ref, context) => {
  try {
    return stringifyEntityRef(parseEntityRef(ref, { defaultKind: 'Template' }));
  } catch {
    context.addIssue('is not the ref of a template');
    return z.NEVER;
  }
});

const provenanceSchema = z.object({
  template: refSchema,
  version: text(100),
  layers: z
    .array(z.object({ name: text(100), version: text(100) }))
    .max(MAX_LAYERS)
    .default([]),
  run: text(64).optional(),
  answers: z
    .object({ leftOut: z.array(z.object({ part: text(100) })).max(MAX_LAYERS) })
    .optional()
    .catch(undefined),
  commit: z
    .string()
    .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'is not the id of a commit'),
  files: z
    .record(
      z.string(),
      z
        .string()
        .regex(/^sha256:[0-9a-f]{64}$/, 'is not a SHA-256, as sha256:…'),
    )
    .transform((files, context) => {
      const entries = Object.entries(files);
      if (entries.length > MAX_FILES) {
        context.addIssue(`has more than ${MAX_FILES} files`);
      }
      for (const [path] of entries.slice(0, MAX_FILES)) {
        const { error } = pathSchema.safeParse(path);
        if (error) {
          context.addIssue(
            `${JSON.stringify(path.slice(0, 100))} ${error.issues[0].message}`,
          );
          return z.NEVER;
        }
      }
      return new Map(entries);
    }),
});

// What people write may have more than one line
const reasonSchema = z
  .string()
  .max(2000)
  .transform(reason => reason.replaceAll(/\s+/g, ' ').trim())
  .pipe(text(2000));

const ofPartSchema = z
  .object({ part: text(100), reason: reasonSchema })
  .transform(
    ({ part, reason }): DeclaredDeviation => ({
      path: partPath(part),
      part,
      reason,
    }),
  );

const ofFilesSchema = z.object({
  path: pathSchema.refine(
    path => !path.startsWith(PART),
    `is said with part, and not with a path that begins with ${PART}`,
  ),
  reason: reasonSchema,
});

/** By what it is about, so that what is wrong with it can be said. */
function parseDeviation(item: unknown) {
  return typeof item === 'object' && item !== null && 'part' in item
    ? ofPartSchema.safeParse(item)
    : ofFilesSchema.safeParse(item);
}

/**
 * What `.waymark/golden-path.yaml` says. Anybody can write anything into it, so that
 * what is wrong with it is said, and never thrown.
 *
 * @returns no `provenance` when it says nothing that could be checked
 * @internal
 */
export function parseProvenance(content: Buffer): {
  provenance?: Provenance;
  problems: ProvenanceProblem[];
} {
  const fail = (message: string) => ({
    problems: [{ path: PROVENANCE_PATH, message }],
  });
  if (content.length > MAX_PROVENANCE_BYTES) {
    return fail(`is larger than ${MAX_PROVENANCE_BYTES / 1_000_000} MB`);
  }
  let value: unknown;
  try {
    value = parseYaml(content.toString('utf8'), {
      // Aliases could make a small file large, and looking for the same key twice
      // takes the square of their number
      maxAliasCount: 0,
      uniqueKeys: false,
      logLevel: 'error',
    });
  } catch (error) {
    const [line] = String(error instanceof Error ? error.message : error).split(
      '\n',
    );
    return fail(`is not YAML that can be read: ${line.slice(0, 200)}`);
  }
  const parsed = provenanceSchema.safeParse(value);
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.slice(0, MAX_PROBLEMS).map(issue => ({
        path: PROVENANCE_PATH,
        message: `${issue.path.join('.').slice(0, 200) || 'the file'}: ${
          issue.message
        }`,
      })),
    };
  }
  const { template, answers, ...rest } = parsed.data;
  const { deviations, problems } = readDeviations(value);
  return {
    provenance: {
      ...rest,
      templateRef: template,
      leftOut: answers?.leftOut.map(({ part }) => part),
      deviations,
    },
    problems,
  };
}

/** Each by itself: one that is wrong does not make the others void. */
function readDeviations(value: unknown): {
  deviations: DeclaredDeviation[];
  problems: ProvenanceProblem[];
} {
  const declared = (value as { deviations?: unknown }).deviations ?? [];
  const problems: ProvenanceProblem[] = [];
  const add = (message: string) => {
    if (problems.length < MAX_PROBLEMS) {
      problems.push({ path: PROVENANCE_PATH, message });
    }
  };
  if (!Array.isArray(declared)) {
    add('deviations: has to be a list of paths or parts with a reason each');
    return { deviations: [], problems };
  }
  if (declared.length > MAX_DEVIATIONS) {
    add(`deviations: only the first ${MAX_DEVIATIONS} count`);
  }
  const deviations = new Map<string, DeclaredDeviation>();
  for (const [index, item] of declared.slice(0, MAX_DEVIATIONS).entries()) {
    const parsed = parseDeviation(item);
    if (parsed.success) {
      deviations.set(parsed.data.path, parsed.data);
    } else {
      const [issue] = parsed.error.issues;
      add(
        `${['deviations', index, ...issue.path].join('.')}: ${issue.message}`,
      );
    }
  }
  return { deviations: [...deviations.values()], problems };
}
