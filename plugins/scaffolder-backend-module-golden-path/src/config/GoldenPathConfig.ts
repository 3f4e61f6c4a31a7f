import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
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
  author: { name: string; email: string };
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
