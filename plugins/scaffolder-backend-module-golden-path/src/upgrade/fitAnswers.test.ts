import { fitLeftOut } from '../render/leftOut';
import { fitAnswers } from './fitAnswers';

const parts = ['container', 'kubernetes'];
const pages = [
  {
    required: ['name', 'owner'],
    properties: {
      name: { type: 'string' },
      owner: { type: 'string' },
      size: { type: 'integer', maximum: 3 },
      region: { type: 'string' },
      leftOut: {
        type: 'array',
        items: {
          type: 'object',
          properties: { part: { oneOf: parts.map(part => ({ const: part })) } },
        },
        'ui:field': 'GoldenPathParts',
      },
    },
  },
];
const recorded = {
  name: 'orders',
  owner: 'payments',
  size: 7,
  leftOut: ['container', 'lost'].map(part => ({ part, reason: 'None here' })),
};
const fit = (given?: Parameters<typeof fitAnswers>[0]['given']) =>
  fitAnswers({ pages, recorded, given }).answers;

describe('what an upgrade is rendered with', () => {
  it('is what was answered, and what is given for the rest', () => {
    expect(() => fit()).toThrow(/^What was filled .*: answers\.size: must be/);
    const { leftOut, ...others } = fit({
      size: 2,
      region: 'south',
      owner: 'payments',
    });
    expect({ ...others, leftOut: undefined }).toEqual({
      ...recorded,
      size: 2,
      region: 'south',
      leftOut: undefined,
    });
    expect(leftOut).toEqual([{ part: 'container', reason: 'None here' }]);
    for (const [name, value] of [
      ['name', 'other'],
      ['owner', 'others'],
      ['leftOut', []],
    ]) {
      expect(() => fit({ size: 2, [String(name)]: value })).toThrow(
        `answers.${name}: it was answered when the service was made`,
      );
    }
    expect(() => fit({ nothing: 1 })).toThrow(
      'answers.nothing: the form has no such field',
    );
  });

  it('leaves out what is declared, as far as it can', () => {
    const known = [
      { name: 'container', needs: [] },
      { name: 'kubernetes', needs: ['container'] },
      { name: 'delivery', needs: ['kubernetes'] },
      { name: 'docs', needs: [] },
    ];
    const left = (...declared: [string, string][]) =>
      fitLeftOut(
        declared.map(([part, reason]) => ({ part, reason })),
        known,
      );
    expect(
      left(
        ['docs', 'They are in a wiki'],
        ['docs', ''],
        ['lost', 'The path had it once'],
        ['container', 'Runs elsewhere'],
        ['kubernetes', 'Runs elsewhere'],
      ),
    ).toEqual([{ part: 'docs', reason: 'The repository declares it' }]);
    expect(
      left(['kubernetes', 'Runs elsewhere'], ['delivery', 'Runs elsewhere']),
    ).toHaveLength(2);
  });
});
