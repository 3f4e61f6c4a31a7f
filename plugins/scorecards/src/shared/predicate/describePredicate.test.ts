import { describePredicate } from './describePredicate';

describe('predicates in words', () => {
  it.each([
    [
      {
        $all: [
          { kind: 'Component' },
          { 'spec.type': { $in: ['service', 'website', 'worker'] } },
          { $not: { 'spec.lifecycle': 'deprecated' } },
          { $not: { 'spec.system': 'developer-portal' } },
        ],
      },
      'Components of type service, website or worker that are not deprecated and are not in the system developer-portal',
    ],
    [{ kind: { $exists: true } }, 'All entities'],
    [{}, 'All entities'],
    [
      { kind: { $in: ['component', 'api', 'Robot'] } },
      'Components, APIs and entities of kind Robot',
    ],
    [
      { kind: 'Component', 'metadata.tags': { $contains: 'java' } },
      'Components that are tagged java',
    ],
    [
      {
        'metadata.tags': { $contains: { $any: ['java', 'kotlin'] } },
        'spec.owner': 'group:default/freight',
      },
      'All entities that are tagged java or kotlin and are owned by freight',
    ],
    [
      {
        kind: 'API',
        'metadata.annotations.github.com/project-slug': { $exists: true },
        'metadata.labels.tier': '1',
        'metadata.name': { $hasPrefix: 'fare-' },
      },
      'APIs that have the annotation github.com/project-slug, have the label tier 1 and have a name that begins with fare-',
    ],
    [
      { kind: 'Component', 'spec.system': { $exists: false }, 'spec.tier': 2 },
      'Components that belong to no system and have spec.tier 2',
    ],
    [
      {
        kind: 'Component',
        relations: {
          $contains: { type: 'dependsOn', targetRef: 'resource:rail/ledger' },
        },
      },
      'Components that depend on rail/ledger',
    ],
    [
      { $not: { relations: { $contains: { type: 'ownerOf' } } } },
      'All entities that do not have a relation ownerOf',
    ],
    [
      {
        $any: [{ kind: 'Component', 'spec.type': 'service' }, { kind: 'API' }],
      },
      'Components of type service, and APIs',
    ],
    [
      {
        $all: [
          { kind: 'Component' },
          { $any: [{ 'spec.lifecycle': 'production' }, { 'spec.tier': 1 }] },
        ],
      },
      'Components that either are in production or have spec.tier 1',
    ],
    // Not both of them: either the one not, or the other not
    [
      { $not: { 'spec.type': 'library', 'spec.lifecycle': 'experimental' } },
      'All entities that either are not of type library or are not experimental',
    ],
    [
      {
        $not: {
          $any: [{ kind: 'User' }, { 'spec.providesApis': { $exists: true } }],
        },
      },
      'All entities that are not Users and provide no APIs',
    ],
    // Shapes of a later Backstage are shown as they are
    ['text', undefined],
    [{ 'spec.size': { $atLeast: 3 } }, undefined],
    [{ $some: [] }, undefined],
    [{ kind: 'API', $any: [{ kind: 'Component' }] }, undefined],
    // Nobody at all is no population that one would write
    [{ $any: [] }, undefined],
    [{ kind: { $in: [] } }, undefined],
    [{ $not: {} }, undefined],
    [{ 'spec.parts': { $contains: { color: 'red' } } }, undefined],
  ])('%j', (predicate, words) => {
    expect(describePredicate(predicate)).toBe(words);
  });

  it('says what a rule narrows', () => {
    expect(
      describePredicate(
        { 'spec.lifecycle': 'production' },
        { everything: 'Only those' },
      ),
    ).toBe('Only those that are in production');
  });
});
