import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';

const limitMs = 30_000;

/** Looks again and again, as fast as the machine can; false after the limit. */
export async function watch(look) {
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    if (await look()) {
      return true;
    }
    await setImmediate();
  }
  return false;
}

/** Waits for the log of the run to say that a step has begun. */
export const stepBegun =
  step =>
  ({ portal, id }) =>
    watch(async () => {
      const events = await portal.json(`/api/scaffolder/v2/tasks/${id}/events`);
      return events.some(
        ({ body }) => body.stepId === step && body.status === 'processing',
      );
    });

/** Whether the branch has arrived, read from the files of the bare repository. */
export function hasBranch(repository, branch) {
  const packed = path.join(repository, 'packed-refs');
  return (
    existsSync(path.join(repository, 'refs', 'heads', branch)) ||
    (existsSync(packed) &&
      readFileSync(packed, 'utf8').includes(`refs/heads/${branch}\n`))
  );
}

/** Whether the service has a folder in the GitOps repository. */
export function hasFolder({ gitops, name }) {
  if (!hasBranch(gitops, 'main')) {
    return false;
  }
  const found = execFileSync('git', ['ls-tree', 'main', `apps/${name}`], {
    cwd: gitops,
    encoding: 'utf8',
  });
  return found !== '';
}

/**
 * When to kill. `wait` sees the moment coming, `holds` tells afterwards whether
 * the backend was really dead before the next one. Where it needs that,
 * `withoutGitops` has the GitOps repository deleted before, and `unknownTo` is the
 * step that must not have known of it any more.
 */
export const moments = [
  {
    name: 'accepted',
    title: 'right after the form was accepted',
    // Nobody may have begun with it: then it is not recovered but simply begun
    unclaimed: true,
    wait: async () => true,
    holds: ({ repository }) => !existsSync(repository),
  },
  {
    name: 'check',
    title: 'while the answers are checked',
    wait: stepBegun('check'),
    holds: ({ repository }) => !existsSync(repository),
  },
  {
    name: 'render',
    title: 'while the service is written',
    wait: stepBegun('render'),
    holds: ({ repository }) => !hasBranch(repository, 'main'),
  },
  {
    name: 'created',
    title: 'after the repository was created, before anything is in it',
    wait: ({ repository }) => watch(() => existsSync(repository)),
    holds: ({ repository }) =>
      existsSync(repository) && !hasBranch(repository, 'main'),
  },
  {
    name: 'pushed',
    title: 'after the push, before the run knows of it',
    unknownTo: 'publish',
    wait: ({ repository }) => watch(() => hasBranch(repository, 'main')),
    holds: ({ repository }) => hasBranch(repository, 'main'),
  },
  {
    name: 'deliver',
    title: 'while the service is handed to Argo CD',
    wait: stepBegun('deliver'),
    holds: delivery => !hasFolder(delivery),
  },
  {
    name: 'gitops-created',
    title: 'after the GitOps repository was created, before anything is in it',
    withoutGitops: true,
    wait: ({ gitops }) => watch(() => existsSync(gitops)),
    holds: ({ gitops }) => existsSync(gitops) && !hasBranch(gitops, 'main'),
  },
  {
    name: 'gitops-begun',
    title: 'after its first commit, before the service is in it',
    withoutGitops: true,
    wait: ({ gitops }) => watch(() => hasBranch(gitops, 'main')),
    holds: delivery =>
      hasBranch(delivery.gitops, 'main') && !hasFolder(delivery),
  },
  {
    name: 'delivered',
    title: 'after the service was committed there, before the run knows of it',
    unknownTo: 'deliver',
    wait: delivery => watch(() => hasFolder(delivery)),
    holds: hasFolder,
  },
  {
    name: 'ingest',
    title: 'before the service is in the catalog',
    wait: stepBegun('ingest'),
    holds: hasFolder,
  },
];
