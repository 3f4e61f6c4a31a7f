import { FactDefinition } from '@waymark/plugin-scorecards-node';

/** @internal */
export const FACTS: FactDefinition[] = [
  {
    name: 'repository.readme.present',
    type: 'boolean',
    description: 'There is a README in the folder of the entity',
  },
  {
    name: 'repository.readme.headings',
    type: 'list',
    description: 'The headings of the README, if it is Markdown; the first 100',
  },
  {
    name: 'repository.readme.runbook',
    type: 'boolean',
    description:
      'The README has a section Runbook with something to read in it',
  },
  {
    name: 'repository.dockerfile.present',
    type: 'boolean',
    description: 'There is a Dockerfile or Containerfile in the folder',
  },
  {
    name: 'repository.ci.present',
    type: 'boolean',
    description: 'There is a pipeline of some CI system',
  },
  {
    name: 'repository.ci.workflows',
    type: 'list',
    description: 'The files of pipelines; the first 50',
  },
  {
    name: 'repository.codeowners.present',
    type: 'boolean',
    description: 'There is a CODEOWNERS',
  },
  {
    name: 'repository.license.present',
    type: 'boolean',
    description: 'There is a licence',
  },
  {
    name: 'repository.license.spdx',
    type: 'string',
    description:
      'Its SPDX identifier, NOASSERTION when it is not a well-known one, empty when there is none',
  },
  {
    name: 'repository.goldenPath.template',
    type: 'string',
    description:
      'The golden path that made the repository; empty when none did',
  },
  {
    name: 'repository.goldenPath.version',
    type: 'string',
    description: 'The version of the golden path',
  },
];
