import { ListedFile } from '../files/listFiles';
import { CommitRequest } from '../git/fastImport';
import { GitRepository } from '../git/GitRepository';
import {
  hashFiles,
  PROVENANCE_PATH,
  renderProvenance,
  TEMPLATE_BRANCH,
} from './provenance';
import { PublishRequest } from './PublishRequest';

/**
 * The two commits of a new repository: what was generated, on a branch of its
 * own, and upon it where it came from.
 *
 * @internal
 */
export async function commitGenerated(options: {
  request: PublishRequest;
  files: ListedFile[];
  git: GitRepository;
  author: CommitRequest['author'];
  date: Date;
}): Promise<{ templateCommit: string; commit: string }> {
  const { request, files, git, ...common } = options;
  const templateCommit = await git.commit({
    ...common,
    branch: TEMPLATE_BRANCH,
    message: `Generate ${request.name} from ${request.template}\n\nVersion: ${request.version}\n`,
    files: files.map(file => ({
      ...file,
      content: { absolutePath: file.absolutePath },
    })),
  });

  const provenance = renderProvenance({
    template: request.template,
    version: request.version,
    pathVersion: request.pathVersion,
    layers: request.layers,
    run: request.taskId,
    commit: templateCommit,
    answers: request.answers,
    deviations: request.leftOut,
    files: await hashFiles(files),
  });
  const commit = await git.commit({
    ...common,
    branch: request.defaultBranch,
    parent: templateCommit,
    message: 'Record where this repository came from\n',
    files: [
      {
        path: PROVENANCE_PATH,
        executable: false,
        size: provenance.length,
        content: provenance,
      },
    ],
  });
  return { templateCommit, commit };
}
