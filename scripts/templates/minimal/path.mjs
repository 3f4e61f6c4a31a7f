import { repositoryPath } from '../lib/repository-path.mjs';

/** The golden path `templates/__name__`: with what it is tried, what it must hold. */
export const path = repositoryPath({
  name: '__name__',
  // Names what is made of it for the proof; no other path may have it
  example: '__example__',
  // Of the parts that docs/authoring-templates.md lists
  parts: ['docs', 'ownership'],
  promised: ['CODEOWNERS', 'docs/index.md', 'mkdocs.yml', 'renovate.json'],
  descriptions: files => ({
    'mkdocs.yml': files.yaml('mkdocs.yml')[0].site_description,
  }),
});
