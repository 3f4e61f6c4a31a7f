import { FactDefinition } from '@waymark/plugin-scorecards-node';

/** @internal */
export const FACTS: FactDefinition[] = [
  {
    name: 'catalog.owner.resolves',
    type: 'boolean',
    description:
      'It has an owner that the catalog knows. Not for users, groups and locations',
  },
  {
    name: 'catalog.owner.members',
    type: 'number',
    description:
      'People in the owning group and the groups below it, each once; an owner who is a user counts as one',
  },
  {
    name: 'catalog.description.length',
    type: 'number',
    description: 'Characters of the description, without space around it',
  },
  {
    name: 'catalog.docs.annotated',
    type: 'boolean',
    description: 'It says where its documentation is (TechDocs)',
  },
  {
    name: 'catalog.system.resolves',
    type: 'boolean',
    description:
      'It is part of a system that the catalog knows. For components, APIs and resources',
  },
  {
    name: 'catalog.relations.dangling',
    type: 'list',
    description:
      'Refs of what it relates to and the catalog does not know; the first 100',
  },
  {
    name: 'catalog.providesApis',
    type: 'number',
    description: 'APIs that it provides',
  },
];
