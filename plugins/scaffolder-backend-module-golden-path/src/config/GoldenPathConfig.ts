import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { nameProblem, readRef } from '../checks/fields';
import { GithubHostConfig, readGithubHostConfig } from './GithubHostConfig';

/**
 * The settings under `scaffolder.goldenPath`, and the author of commits.
 *
 * @internal
 */
export interface GoldenPathConfig {
  host?: string;
  organization?: string;
  layers?: string;
  github: GithubHostConfig;
  /** Where changes may be proposed; undefined: where golden paths publish. */
  proposals?: { host: string; organizations?: string[] }[];
  /** Where services are handed to Argo CD; undefined: nowhere. */
  gitops?: GitopsConfig;
  author: { name: string; email: string };
}

/**
 * The setting `scaffolder.goldenPath.gitops`.
 *
 * @internal
 */
export interface GitopsConfig {
  /** Reference to the group that owns the repository. */
  owner: string;
  repository: string;
}

/** @internal */
export function readGoldenPathConfig(config: Config): GoldenPathConfig {
  const layers = config.getOptionalString('scaffolder.goldenPath.layers');
  if (layers !== undefined && /^[a-z]+:\/\//i.test(layers)) {
    const { protocol } = new URL(layers);
    if (protocol !== 'https:' && protocol !== 'http:') {
      throw new InputError(
        `scaffolder.goldenPath.layers: must be a folder or an http(s) URL, not ${protocol}//`,
      );
    }
  }
  return {
    host: config.getOptionalString('scaffolder.goldenPath.host'),
    organization: config.getOptionalString(
      'scaffolder.goldenPath.organization',
    ),
    layers,
    github: readGithubHostConfig(config),
    proposals: config
      .getOptionalConfigArray('scaffolder.goldenPath.proposals')
      ?.map(entry => ({
        host: entry.getString('host'),
        organizations: entry.getOptionalStringArray('organizations'),
      })),
    gitops: readGitopsConfig(config),
    author: {
      name:
        config.getOptionalString('scaffolder.defaultAuthor.name') ??
        'Scaffolder',
      email:
        config.getOptionalString('scaffolder.defaultAuthor.email') ??
        'scaffolder@backstage.io',
    },
  };
}

function readGitopsConfig(root: Config): GitopsConfig | undefined {
  const base = 'scaffolder.goldenPath.gitops';
  const config = root.getOptionalConfig(base);
  if (!config) {
    return undefined;
  }
  const owner = config.getString('owner');
  if (!readRef(owner, 'group')) {
    throw new InputError(
      `${base}.owner: '${owner}' is not a reference to a group`,
    );
  }
  const repository = config.getOptionalString('repository') ?? 'gitops';
  const problem = nameProblem(repository);
  if (problem) {
    throw new InputError(`${base}.repository: ${problem}`);
  }
  return { owner, repository };
}
