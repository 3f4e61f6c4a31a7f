import { formatIssue } from './formatIssue';
import { validateScorecard } from './validateScorecard';

const rule = {
  id: 'coverage',
  title: 'Is tested',
  level: 'bronze',
  check: 'facts.coverage.percent >= 80',
};

const scorecard = (
  spec: object = {},
  rules: unknown = [rule],
  metadata: object = { name: 'production-readiness' },
) => ({
  apiVersion: 'waymark.dev/v1alpha1',
  kind: 'Scorecard',
  metadata,
  spec: {
    owner: 'group:default/platform',
    appliesTo: { kind: 'Component', 'spec.type': 'service' },
    levels: [{ id: 'bronze' }, { id: 'silver', title: 'Silver' }],
    rules,
    ...spec,
  },
});

const issues = (entity: unknown) => validateScorecard(entity).map(formatIssue);

describe('a scorecard', () => {
  it('is accepted when all is right', () => {
    expect(
      issues(
        scorecard({ lifecycle: 'draft', owner: 'platform' }, [
          rule,
          {
            ...rule,
            id: 'on-call',
            level: undefined,
            weight: 0.5,
            appliesTo: {
              $all: [
                { 'spec.lifecycle': { $in: ['production'] } },
                { $not: { 'metadata.tags': { $contains: 'old' } } },
              ],
            },
            effectiveFrom: '2026-12-01',
            maxAge: { days: 2, hours: 1 },
            why: 'Somebody must answer.',
            fix: {
              text: 'Add it.',
              link: 'https://example.com/on-call',
              template: 'template:default/add-on-call',
              values: { schedule: 'primary', service: '${{ entityRef }}' },
            },
          },
          { ...rule, id: 'time', effectiveFrom: '2026-12-01T08:00:00+01:00' },
        ]),
      ),
    ).toEqual([]);
  });

  it('is refused with all that is wrong in it', () => {
    expect(
      issues(
        scorecard(
          {
            owner: 'component:default/platform',
            appliesTo: { 'spec.type': { $like: 'service' } },
            levels: [{ id: 'bronze' }, { id: 'bronze' }],
          },
          [
            rule,
            { ...rule, level: 'gold', check: 'facts.a >= ' },
            {
              ...rule,
              id: 'many',
              check: 'fetch(entity) && true',
              appliesTo: {},
              effectiveFrom: '2026-02-30',
              maxAge: { days: 0 },
              fix: {
                link: 'data:text/html,x',
                template: 'component:default/x',
                values: { teams: ['${{ env.TEAM }}'] },
              },
            },
            { ...rule, id: 'number', check: '1 + 1', effectiveFrom: 'soon' },
            { ...rule, id: 'long', check: `true${' '.repeat(2045)}` },
          ],
        ),
      ),
    ).toEqual([
      'spec.owner: must be the ref of a group or a user',
      'spec.appliesTo: is not a filter predicate: fields with a value, $in, $exists, $contains or $hasPrefix, combined with $all, $any and $not',
      'spec.levels[1].id: there is another bronze',
      'spec.rules[1].id: there is another coverage',
      'spec.rules[1].level: is not one of the levels bronze, bronze',
      'spec.rules[1].check, column 12: Unexpected token: the end',
      'spec.rules[2].appliesTo: must not be empty; for all entities, say { kind: { $exists: true } }',
      'spec.rules[2].effectiveFrom: there is no such day',
      'spec.rules[2].maxAge: must be more than nothing',
      'spec.rules[2].fix.link: must be an address that begins with http:// or https://',
      'spec.rules[2].fix.template: must be the ref of a template',
      'spec.rules[2].fix.values.teams[0]: ${{ env.TEAM }} must be a part of entity or facts, or entityRef itself',
      'spec.rules[2].check, column 1: There is no function fetch()',
      'spec.rules[3].effectiveFrom: must be a date such as 2026-12-01 or a time with its zone such as 2026-12-01T08:00:00Z',
      'spec.rules[3].check, column 1: it yields an int, not a bool',
      'spec.rules[4].check: it has 2049 bytes, more than 2048',
    ]);
  });

  it('is refused with what is wrong in its structure, and in the rules without such faults', () => {
    expect(
      issues(
        scorecard({ lifecycle: 'alive', owners: 'x' }, [
          { ...rule, id: 'Not an id', weight: 0, appliesto: {} },
          { id: 'second', check: 7, title: '', weight: Infinity },
          { ...rule, id: 'third', level: 'gold' },
          'fourth',
        ]),
      ),
    ).toEqual([
      'spec.owners: is not known here',
      'spec.lifecycle: must be one of draft, live, retired',
      'spec.rules[0].appliesto: is not known here',
      'spec.rules[0].id: must be of lower case letters, digits and dashes within',
      'spec.rules[0].weight: must be more than 0',
      'spec.rules[1].title: must not be empty',
      'spec.rules[1].weight: must be at most 1000000',
      'spec.rules[1].check: must be a text',
      'spec.rules[3]: must be a map',
      'spec.rules[2].level: is not one of the levels bronze, silver',
    ]);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'The scorecard: must be a map'],
    ['null', null, 'The scorecard: must be a map'],
    ['a text', 'Scorecard', 'The scorecard: must be a map'],
    ['a list', [], 'The scorecard: must be a map'],
    ['a list as spec', { ...scorecard(), spec: [] }, 'spec: must be a map'],
    ['no levels', scorecard({ levels: [] }), 'spec.levels: must not be empty'],
    [
      'a map as rules',
      scorecard({}, { 0: rule }),
      'spec.rules: must be a list',
    ],
    [
      'a predicate that is a list',
      scorecard({ appliesTo: [{ kind: 'Component' }] }),
      'spec.appliesTo: must be a map',
    ],
    [
      'too many levels',
      scorecard({
        levels: Array.from({ length: 11 }, (_, index) => ({ id: `l${index}` })),
      }),
      'spec.levels: has more than 10 elements',
    ],
    [
      'too many rules',
      scorecard(
        {},
        Array.from({ length: 101 }, (_, index) => ({
          ...rule,
          id: `r${index}`,
        })),
      ),
      'spec.rules: has more than 100 elements',
    ],
    [
      'a key of the prototype',
      JSON.parse(
        JSON.stringify(scorecard()).replace(
          '"owner"',
          '"__proto__":{"polluted":true},"owner"',
        ),
      ),
      'spec.__proto__: is not known here',
    ],
    [
      'endless nesting',
      scorecard({
        appliesTo: JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`),
      }),
      'The scorecard: is nested more than 100 levels deep',
    ],
    [
      'much made of little',
      scorecard({
        appliesTo: Array.from({ length: 60 }).reduce(
          value => ({ a: value, b: value }),
          {},
        ),
      }),
      'The scorecard: has more than 100000 values',
    ],
    [
      'a predicate nested deeply',
      scorecard({
        appliesTo: JSON.parse(
          `${'{"$not":'.repeat(30)}{"kind":"API"}${'}'.repeat(30)}`,
        ),
      }),
      'spec.appliesTo: is nested more than 20 levels deep',
    ],
    [
      'a long text',
      scorecard({}, [{ ...rule, why: 'x'.repeat(4001) }]),
      'spec.rules[0].why: has more than 4000 characters',
    ],
    [
      'a name that is none',
      scorecard({}, [rule], { name: 'a b', namespace: 'A' }),
      'metadata.name: must be of letters and digits, with -, _ and . within',
    ],
  ])('is refused when it has %s', (_, entity, expected) => {
    expect(issues(entity)).toContain(expected);
  });
});
