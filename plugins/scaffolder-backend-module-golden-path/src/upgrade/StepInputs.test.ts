import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { JsonValue } from '@backstage/types';
import { fitAnswers } from './fitAnswers';
import { StepInputs } from './StepInputs';

const inputs = new StepInputs({
  integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
});
const fill = (input: JsonValue) =>
  inputs.fill({
    input,
    label: 'input',
    parameters: { name: 'orders', size: 3, list: ['a', 'b'], none: '' },
    steps: { check: { output: { owner: 'group:default/payments' } } },
  });

describe('the inputs of a step, outside of a run', () => {
  it.each<[JsonValue, JsonValue | undefined]>([
    ['plain', 'plain'],
    ['${{ parameters.size }}', 3],
    ['${{ parameters.list }}', ['a', 'b']],
    ['a ${{ parameters.name }}', 'a orders'],
    ["${{ parameters.absent or 'the user' }}", 'the user'],
    [
      "x/${{ steps.check.output.owner | parseEntityRef | pick('name') }}",
      'x/payments',
    ],
    ["${{ steps['check'].output.owner }}", 'group:default/payments'],
    [
      { a: '${{ parameters.absent }}', b: ['${{ parameters.name }}', 1] },
      { b: ['orders', 1] },
    ],
  ])('are filled in as in one: %j', (input, expected) => {
    expect(fill(input)).toEqual(expected);
  });

  it.each([
    ['${{ secrets.token }}', /uses secrets/],
    ['${{ user.entity.metadata.name }}', /uses user/],
    ["${{ 'a' if context.task.id else 'b' }}", /uses context/],
    ['${{ steps.fetch.output.x }}', /output of the step 'fetch'/],
    ["${{ steps['fetch'].output.x }}", /output of the step 'fetch'/],
    ['${{ parameters.name | unheardOf }}', /cannot be filled in/],
  ])('are refused where only one could tell: %s', (input, message) => {
    expect(() => fill({ values: { x: input } })).toThrow(message);
    expect(() => fill({ values: { x: input } })).toThrow(/^input\.values\.x /);
  });
});

describe('recorded answers', () => {
  const pages = [
    {
      required: ['name', 'region'],
      properties: { name: { type: 'string' }, region: { type: 'string' } },
    },
    {
      properties: { size: { type: 'integer', default: 2 } },
      dependencies: { size: { properties: { unit: { type: 'string' } } } },
    },
  ];
  it('lose what the form has lost, and take the defaults of what is new', () => {
    expect(
      fitAnswers({
        pages,
        recorded: { name: 'a', region: 'n', unit: 'GB', gone: 1 },
      }),
    ).toEqual({
      answers: { name: 'a', region: 'n', unit: 'GB', size: 2 },
      dropped: ['gone'],
    });
  });

  it('name what is missing or no longer fits', () => {
    const fit = (given?: { [name: string]: JsonValue }) =>
      fitAnswers({ pages, recorded: { name: 7 }, given });
    expect(fit).toThrow(
      /answers\.region: is new .*; answers\.name: is not of a type/,
    );
    expect(() => fit({ other: 1 })).toThrow('answers.other: the form has no');
    expect(fit({ name: 'a', region: 'n' }).answers).toEqual({
      name: 'a',
      region: 'n',
      size: 2,
    });
  });
});
