import { createHash } from 'node:crypto';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import { ScaffolderRun } from '../scaffolderRuns/ScaffolderRun';
import {
  DELIVERY_PART,
  FilePolicies,
  PathParts,
} from '@waymark/plugin-golden-paths-common';
import { findDeviations, FoundDeviation } from './findDeviations';
import { GeneratedCommit } from './GeneratedCommits';
import { parseProvenance } from './parseProvenance';
import {
  Provenance,
  PROVENANCE_PATH,
  ProvenanceProblem,
  TEMPLATE_BRANCH,
} from './Provenance';
import { Branch, readBranch } from './readBranch';
import { onBranch, repositoryOf } from './repositoryUrls';
import { leadsTo, verifyProvenance } from './verifyProvenance';

/** Raised when the same repository is judged otherwise than before. */
const VERSION = 4;

/**
 * What a repository says of its golden path, and what is to be thought of it.
 *
 * @internal
 */
export interface CheckedRepository {
  /** Absent: it follows no path, or what it says cannot be read. */
  provenance?: Provenance;
  /** What keeps it from being verified. */
  problems: ProvenanceProblem[];
  /** What is wrong with what it declares; it is verified nevertheless. */
  remarks: ProvenanceProblem[];
  deviations: FoundDeviation[];
  /** Handed to the next check. */
  etag: string;
}

/**
 * Looks at a repository.
 *
 * @param options - `root`: the address of its top folder, on its default branch;
 * `etag`: of the last check
 * @returns undefined when nothing has changed since then
 * @internal
 */
export async function checkRepository(options: {
  reader: UrlReaderService;
  root: string;
  entityRef: string;
  etag?: string;
  rulesOf: (
    templateRef: string,
  ) => Promise<{ policies: FilePolicies; parts: PathParts }>;
  runOf: (taskId: string) => Promise<ScaffolderRun | undefined>;
  generatedOf: (repositoryUrl: string) => Promise<GeneratedCommit[]>;
  isDelivered: (service: {
    service: string;
    repositoryUrl: string;
  }) => Promise<boolean>;
  signal?: AbortSignal;
}): Promise<CheckedRepository | undefined> {
  const { reader, root, entityRef, signal } = options;
  const file = await readFile(reader, `${root}${PROVENANCE_PATH}`, signal);
  if (!file) {
    if (options.etag?.startsWith('{')) {
      // It followed one: whoever may no longer read the repository hears the same
      // as of a file that is not there
      await readBranch({ reader, url: root, isWanted: () => false, signal });
    }
    const etag = digestOf([VERSION, 'none']);
    return etag === options.etag
      ? undefined
      : { problems: [], remarks: [], deviations: [], etag };
  }
  const { provenance, problems } = parseProvenance(file);
  if (!provenance) {
    return { problems, remarks: [], deviations: [], etag: digestOf(problems) };
  }

  const { policies, parts } = await options.rulesOf(provenance.templateRef);
  const managed = new Set(
    [...provenance.files.keys()].filter(
      path => policies.of(path) === 'managed',
    ),
  );
  const run = provenance.run ? await options.runOf(provenance.run) : undefined;
  const records = await options.generatedOf(repositoryOf(root));
  const without = await findLeftOut({ ...options, provenance, parts, records });
  const declared = provenance.deviations.flatMap(({ part }) => part ?? []);
  const isBrought =
    [...without, ...declared].includes(DELIVERY_PART) &&
    (await options.isDelivered({
      service: parseEntityRef(entityRef).name,
      repositoryUrl: repositoryOf(root),
    }));
  const isThere = (part: string) =>
    parts.isIn(part, provenance.files) || (isBrought && part === DELIVERY_PART);
  const leftOut = without.filter(part => !isThere(part));
  // All that the result depends on beside the two branches
  const basis = digestOf([
    VERSION,
    root,
    file.toString('base64'),
    [...managed],
    declared.filter(isThere),
    leftOut,
    run?.entityRef,
    run?.templateRef,
    records,
  ]);
  const known = readEtag(options.etag);
  const isKnown = known?.basis === basis;
  const main = await readBranch({
    reader,
    url: root,
    isWanted: path => managed.has(path),
    etag: isKnown ? known.main : undefined,
    signal,
  });
  const generated = await readGenerated({
    ...options,
    provenance,
    // Both or none: what is known of the one says nothing without the other
    etag: main === undefined ? known?.generated : undefined,
  });
  if (main === undefined && generated === (known?.generated && 'unchanged')) {
    return undefined;
  }
  if (main === undefined || generated === 'unchanged') {
    return checkRepository({ ...options, etag: undefined });
  }
  return {
    provenance,
    problems: verifyProvenance({
      entityRef,
      provenance,
      head: generated?.etag,
      branch: await readNamed({ ...options, provenance, generated, records }),
      run,
      generated: records,
    }),
    remarks: problems,
    deviations: findDeviations({
      provenance,
      managed,
      isThere,
      leftOut,
      branch: main,
    }),
    etag: JSON.stringify({
      basis,
      main: main.etag,
      generated: generated?.etag,
    }),
  };
}

/**
 * Which parts of its path a service is without, by what its runs were told and by what
 * it says that they were: the former nobody can take back. That a part has no files
 * is not enough, since it may be younger than the service.
 */
async function findLeftOut(options: {
  runOf: (taskId: string) => Promise<ScaffolderRun | undefined>;
  provenance: Provenance;
  parts: PathParts;
  records: GeneratedCommit[];
}): Promise<string[]> {
  const { runOf, provenance, parts, records } = options;
  const ids = new Set([provenance.run, ...records.map(({ run }) => run)]);
  const named = new Set(provenance.leftOut);
  for (const id of ids) {
    const run = id === undefined ? undefined : await runOf(id);
    run?.leftOut?.forEach(part => named.add(part));
  }
  return [...named]
    .filter(part => parts.has(part) && !parts.isIn(part, provenance.files))
    .sort();
}

/**
 * The branch as it stood at the commit that is named: itself, unless later versions
 * were generated since and are not merged yet.
 */
async function readNamed(options: {
  reader: UrlReaderService;
  root: string;
  provenance: Provenance;
  generated: Branch | undefined;
  records: GeneratedCommit[];
  signal?: AbortSignal;
}): Promise<Branch | undefined> {
  const { provenance, generated, records } = options;
  const { commit } = provenance;
  const isBefore =
    generated !== undefined &&
    !commit.startsWith(generated.etag) &&
    leadsTo({ head: generated.etag, commit, generated: records });
  if (!isBefore) {
    return generated;
  }
  const named = await readGenerated({
    ...options,
    ref: commit,
    etag: undefined,
  });
  return named === 'unchanged' ? generated : named;
}

async function readGenerated(options: {
  reader: UrlReaderService;
  root: string;
  provenance: Provenance;
  /** Default: the branch with what was generated. */
  ref?: string;
  etag?: string;
  signal?: AbortSignal;
}): Promise<Branch | 'unchanged' | undefined> {
  const { reader, root, provenance, etag, signal } = options;
  const url = onBranch(root, options.ref ?? TEMPLATE_BRANCH);
  try {
    return url
      ? (await readBranch({
          reader,
          url,
          isWanted: path => provenance.files.has(path),
          etag,
          signal,
        })) ?? 'unchanged'
      : undefined;
  } catch (error) {
    if (isNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}

async function readFile(
  reader: UrlReaderService,
  url: string,
  signal: AbortSignal | undefined,
): Promise<Buffer | undefined> {
  try {
    const response = await reader.readUrl(url, { signal });
    return await response.buffer();
  } catch (error) {
    if (isNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return isError(error) && error.name === 'NotFoundError';
}

function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value))
    .digest('base64url')
    .slice(0, 32);
}

function readEtag(
  etag: string | undefined,
): { basis: string; main: string; generated?: string } | undefined {
  return etag?.startsWith('{') ? JSON.parse(etag) : undefined;
}
