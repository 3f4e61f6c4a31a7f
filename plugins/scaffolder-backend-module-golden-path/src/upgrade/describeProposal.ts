import { ComponentSource } from '../propose/ComponentSources';
import { PROVENANCE_PATH } from '../publish/provenance';
import { shortVersion } from './commitUpgrade';
import { ExaminedRepository } from './examineRepository';
import { RenderedUpgrade } from './UpgradeRenderer';

const MAX_PATHS = 50;

/**
 * Title and text of the pull request, for the owners of the service.
 *
 * @internal
 */
export function describeProposal(options: {
  source: ComponentSource;
  repository: ExaminedRepository;
  rendered: RenderedUpgrade;
  conflicts: string[];
}): { title: string; description: string } {
  const { source, repository, rendered, conflicts } = options;
  const { provenance, merged } = repository;
  const before = new Map(
    provenance.layers.map(layer => [layer.name, layer.version]),
  );
  const layers = rendered.layers
    .filter(({ name, version }) => before.get(name) !== version)
    .map(({ name, version }) => {
      const from = before.get(name);
      return `- ${name}: ${from ? `${from} → ${version}` : `new, ${version}`}`;
    });
  const paths = conflicts.slice(0, MAX_PATHS).map(path => `- \`${path}\``);
  return {
    title: `Upgrade to ${rendered.template.title} ${
      rendered.pathVersion ?? shortVersion(rendered.version)
    }`,
    description: [
      `The newest version of the golden path that ${source.title} was made with. What you have changed since stays: this is merged with it by Git, starting from what was generated before.`,
      ...(layers.length > 0 ? [`Layers:\n\n${layers.join('\n')}`] : []),
      ...(paths.length > 0
        ? [
            `These files were changed on both sides in the same place; Git asks you what is to stay:\n\n${paths.join(
              '\n',
            )}`,
          ]
        : []),
      merged
        ? `Merge it with a merge commit. After a squash Git forgets what was merged, and the next upgrade has more conflicts than it needs.`
        : `The commit that was merged last is not in the history of ${source.target.repository.defaultBranch}: it was squashed, or the branch was rewritten. Merge this one with a merge commit, so that the next upgrade can start from it.`,
      `\`${PROVENANCE_PATH}\` is a part of it: it tells which version this repository follows.`,
    ].join('\n\n'),
  };
}
