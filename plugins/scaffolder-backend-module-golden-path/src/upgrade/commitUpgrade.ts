import { createHash } from 'node:crypto';
import { CommitFile, CommitRequest } from '../git/fastImport';
import {
  hashFiles,
  PROVENANCE_PATH,
  renderProvenance,
  TEMPLATE_BRANCH,
} from '../publish/provenance';
import { ExaminedRepository } from './examineRepository';
import { mergeTree, TriedMerge } from './mergeTree';
import { RenderedUpgrade } from './UpgradeRenderer';

/**
 * An upgrade as it is pushed.
 *
 * @internal
 */
export interface CommittedUpgrade {
  branch: string;
  /** What the branch with what was generated stood at before this version. */
  parentCommit: string | undefined;
  /** What is generated now. */
  templateCommit: string;
  /** Head of the branch that is proposed. */
  commit: string;
  /** What merging it would come to at present. */
  merge: TriedMerge;
  /** Files of the service that the path would write otherwise, and leaves alone. */
  kept: string[];
}

/** @internal */
export function upgradeBranch(version: string): string {
  return `waymark/upgrade-${shortVersion(version)}`;
}

/**
 * Commits a new version of a golden path beside the old one, and upon it where it
 * came from.
 *
 * The proposed commit has two parents: what is generated now, and the commit that
 * was merged last. So the base that Git finds for merging it into the default branch
 * is what was generated last with its provenance, and the merge is Git's own: of
 * files, of renames, and of the provenance, in which owners declare deviations.
 *
 * @internal
 */
export async function commitUpgrade(options: {
  repository: ExaminedRepository;
  rendered: RenderedUpgrade;
  /** What the service is called, for messages. */
  name: string;
  defaultBranch: string;
  run: string;
  author: CommitRequest['author'];
  /** The same at every attempt, and so are the ids of the commits. */
  date: Date;
}): Promise<CommittedUpgrade> {
  const { repository, rendered, name, run, author, date } = options;
  const { git, mainHead, templateHead, provenance } = repository;
  const branch = upgradeBranch(rendered.version);
  const signature = { author, date };
  const title = rendered.pathVersion ?? shortVersion(rendered.version);

  const { files, kept } = await chooseFiles(options);
  let templateCommit = await git.commit({
    ...signature,
    branch: TEMPLATE_BRANCH,
    parent: templateHead,
    replace: true,
    message: `Generate ${name} from ${rendered.template.ref} ${title}\n\nVersion: ${rendered.version}\n`,
    files,
  });
  let parentCommit: string | undefined = templateHead;
  if ((await git.treeId(templateCommit)) === (await git.treeId(templateHead))) {
    // Proposed before, and not merged
    templateCommit = templateHead;
    [parentCommit] = await git.parents(templateHead);
  }

  const record = renderProvenance({
    template: rendered.template.ref,
    version: rendered.version,
    pathVersion: rendered.pathVersion,
    layers: rendered.layers,
    run,
    commit: templateCommit,
    answers: rendered.answers,
    deviations: rendered.leftOut,
    files: await hashCommitted(git, templateCommit),
  });
  const propose = (parents: { parent: string; merged?: string[] }) =>
    git.commit({
      ...signature,
      ...parents,
      branch,
      message: `Upgrade ${name} to ${rendered.template.title} ${title}\n\nVersion: ${rendered.version}\n`,
      files: [
        {
          path: PROVENANCE_PATH,
          executable: false,
          size: record.length,
          content: record,
        },
      ],
    });

  await git.name(options.defaultBranch, mainHead);
  const tried = () =>
    mergeTree(git, { ours: options.defaultBranch, theirs: branch });
  const result = { branch, parentCommit, templateCommit, kept };
  if (repository.merged) {
    const commit = await propose({
      parent: templateCommit,
      merged: [repository.merged],
    });
    return { ...result, commit, merge: await tried() };
  }

  // The commit that was merged last is not in the history of the default branch:
  // somebody squashed it, or rewrote the branch. Git would go from what was merged
  // before, and see every line of the last upgrade changed on both sides. What was
  // generated last is known, so the merge is made from there, if it goes through.
  const commit = await propose({ parent: templateCommit });
  const base = await git.commit({
    ...signature,
    branch: 'merge/base',
    parent: provenance.commit,
    message: 'Base\n',
    files: [ownProvenance(repository)],
  });
  for (const [side, of] of [
    ['merge/ours', mainHead],
    ['merge/theirs', commit],
  ]) {
    await git.commitTree({
      ...signature,
      branch: side,
      tree: await git.treeId(of),
      parents: [base],
      message: 'Side\n',
    });
  }
  const merge = await mergeTree(git, {
    ours: 'merge/ours',
    theirs: 'merge/theirs',
  });
  if (merge.paths.length === 0) {
    const merged = await git.commitTree({
      ...signature,
      branch,
      tree: merge.tree,
      parents: [mainHead, commit],
      message: `Merge the upgrade of ${name} to ${rendered.template.title} ${title}\n`,
    });
    return { ...result, commit: merged, merge };
  }
  return {
    ...result,
    commit: await propose({
      parent: templateCommit,
      merged: repository.earlier ? [repository.earlier] : [],
    }),
    merge: await tried(),
  };
}

/**
 * What the new version consists of: what was rendered, but files that belong to the
 * service as they were first generated, and none where the service has one.
 */
async function chooseFiles(options: {
  repository: ExaminedRepository;
  rendered: RenderedUpgrade;
}): Promise<{ files: CommitFile[]; kept: string[] }> {
  const { git, mainHead, templateHead } = options.repository;
  const { rendered } = options;
  const [before, present] = await Promise.all([
    git.tree(templateHead),
    git.tree(mainHead),
  ]);
  const hashes = await hashFiles(rendered.files);
  const known = await hashCommitted(git, templateHead);
  const files: CommitFile[] = [];
  const kept: string[] = [];
  for (const { path, executable, size, absolutePath } of rendered.files) {
    const isOnce = rendered.policies.of(path) === 'once';
    const old = isOnce && before.get(path);
    if (old) {
      files.push(unchanged(path, old));
      if (known[path] !== hashes[path]) {
        kept.push(path);
      }
    } else if (isOnce && present.has(path)) {
      kept.push(path);
    } else {
      files.push({ path, executable, size, content: { absolutePath } });
    }
  }
  for (const [path, old] of before) {
    if (!(path in hashes) && rendered.policies.of(path) === 'once') {
      files.push(unchanged(path, old));
      kept.push(path);
    }
  }
  return { files, kept };
}

function unchanged(
  path: string,
  { mode, blob }: { mode: string; blob: string },
): CommitFile {
  return { path, executable: mode === '100755', size: 0, content: { blob } };
}

/** SHA-256 of each file of a commit. */
async function hashCommitted(
  git: ExaminedRepository['git'],
  commit: string,
): Promise<Record<string, string>> {
  const tree = [...(await git.tree(commit))].sort(([a], [b]) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  const contents = await git.blobs([
    ...new Set(tree.map(([, { blob }]) => blob)),
  ]);
  return Object.fromEntries(
    tree.map(([path, { blob }]) => [
      path,
      `sha256:${createHash('sha256')
        .update(contents.get(blob) ?? '')
        .digest('hex')}`,
    ]),
  );
}

/** The provenance as the portal wrote it, without what owners declared since. */
function ownProvenance({ provenance }: ExaminedRepository): CommitFile {
  const { leftOut: asked } = provenance.answers;
  const content = renderProvenance({
    ...provenance,
    deviations: provenance.leftOut.filter(({ part }) =>
      JSON.stringify(asked ?? []).includes(JSON.stringify(part)),
    ),
  });
  return {
    path: PROVENANCE_PATH,
    executable: false,
    size: content.length,
    content,
  };
}

/** @internal */
export function shortVersion(version: string): string {
  return version.replace(/^.*:/, '').slice(0, 8);
}
