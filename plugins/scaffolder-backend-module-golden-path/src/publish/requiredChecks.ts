import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { ListedFile } from '../files/listFiles';

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;

/** A pull request that is opened or changed must start the workflow. */
const NEEDED_TYPES = ['opened', 'synchronize'];

const filterSchema = z
  .object({
    branches: z.union([z.string(), z.array(z.string())]).optional(),
    'branches-ignore': z.unknown().optional(),
    paths: z.unknown().optional(),
    'paths-ignore': z.unknown().optional(),
    types: z.union([z.string(), z.array(z.string())]).optional(),
  })
  .nullish();

const triggersSchema = z.union([
  z.string().transform(name => ({ [name]: undefined })),
  z
    .array(z.string())
    .transform(names => Object.fromEntries(names.map(name => [name, null]))),
  z.record(z.string(), z.unknown()),
]);

const jobSchema = z.object({
  name: z.string().optional(),
  if: z.unknown().optional(),
  uses: z.unknown().optional(),
  strategy: z.unknown().optional(),
});

const workflowSchema = z.object({
  on: triggersSchema,
  jobs: z.record(z.string(), jobSchema),
});

/**
 * What a pull request has to pass by the workflows in a workspace.
 *
 * @internal
 */
export interface RequiredChecks {
  /** The names under which the host will report them. */
  names: string[];
  /** Jobs and workflows that cannot be demanded, with the reason. */
  left: string[];
}

/**
 * Reads which checks every pull request to a branch will get from the GitHub
 * Actions workflows among the files.
 *
 * A check that is demanded and never reported would block every change for
 * good, so only what is certain to run counts.
 *
 * @internal
 */
export async function requiredChecks(options: {
  files: ListedFile[];
  branch: string;
}): Promise<RequiredChecks> {
  const names = new Set<string>();
  const left: string[] = [];

  for (const file of options.files.filter(({ path }) => WORKFLOW.test(path))) {
    const workflow = workflowSchema.safeParse(
      parseYaml(await readFile(file.absolutePath, 'utf8')),
    );
    if (!workflow.success) {
      left.push(`${file.path} (not read as a workflow)`);
      continue;
    }
    const { on, jobs } = workflow.data;
    if (!('pull_request' in on)) {
      continue;
    }
    if (!runsAlways(on.pull_request, options.branch)) {
      left.push(`${file.path} (runs for some pull requests only)`);
      continue;
    }
    for (const [id, job] of Object.entries(jobs)) {
      const name = job.name ?? id;
      const reason = whyUncertain(name, job);
      if (reason) {
        left.push(`'${name}' (${reason})`);
      } else {
        names.add(name);
      }
    }
  }
  return { names: [...names], left };
}

function runsAlways(filter: unknown, branch: string): boolean {
  const parsed = filterSchema.safeParse(filter);
  if (!parsed.success) {
    return false;
  }
  const { branches, types, ...others } = parsed.data ?? {};
  const isIn = (list: string | string[], wanted: string) =>
    [list].flat().includes(wanted);
  return (
    Object.values(others).every(value => value === undefined) &&
    (branches === undefined || isIn(branches, branch)) &&
    (types === undefined || NEEDED_TYPES.every(type => isIn(types, type)))
  );
}

function whyUncertain(
  name: string,
  job: z.infer<typeof jobSchema>,
): string | undefined {
  if (job.if !== undefined) {
    return 'runs on a condition';
  }
  if (job.uses !== undefined || job.strategy !== undefined) {
    return 'reports under names of its own';
  }
  return name.includes('${{')
    ? 'its name is worked out when it runs'
    : undefined;
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
