import { JsonObject } from '@backstage/types';
import { checkFixValues } from './checkFixValues';
import { resolveFixValues } from './resolveFixValues';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'Orders',
    title: 'Orders',
    tags: ['typescript'],
    annotations: { 'example.com/team': 'ticketing' },
  },
  spec: { lifecycle: 'production' },
};

const inputs = [
  { path: 'facts.slo.unused' },
  { path: 'facts.long', value: 'cut short…', truncated: true },
  {
    path: 'facts.slo.endpointsWithoutSlo',
    value: ['GET /orders', 'POST /orders'],
  },
  { path: 'facts.scan', value: { critical: 3, fixed: null } },
  { path: 'entity.spec.lifecycle', value: 'production' },
];

const resolve = (values: JsonObject) =>
  resolveFixValues({ values, entity, inputs });

describe('the answers that a form starts with', () => {
  it('are what the scorecard says, with placeholders filled in', () => {
    expect(
      resolve({
        plain: 'as it is',
        number: 99.5,
        nothing: null,
        ref: '${{ entityRef }}',
        endpoints: '${{ facts.slo.endpointsWithoutSlo }}',
        first: '${{facts.slo.endpointsWithoutSlo[0]}}',
        critical: '${{ facts.scan.critical }}',
        team: "${{ entity.metadata.annotations['example.com/team'] }}",
        sentence:
          'For ${{ entity["metadata"].title }}: ${{ facts.slo.endpointsWithoutSlo }} (${{ facts.scan.critical }})',
        nested: { list: ['${{ entity.metadata.tags[0] }}', { a: ['b'] }] },
      }),
    ).toEqual({
      plain: 'as it is',
      number: 99.5,
      nothing: null,
      ref: 'component:default/orders',
      endpoints: ['GET /orders', 'POST /orders'],
      first: 'GET /orders',
      critical: 3,
      team: 'ticketing',
      sentence: 'For Orders: GET /orders, POST /orders (3)',
      nested: { list: ['typescript', { a: ['b'] }] },
    });
  });

  it('leave out what cannot be resolved', () => {
    expect(
      resolve({
        kept: 'x',
        unknown: '${{ entity.metadata.description }}',
        unread: '${{ facts.coverage.percent }}',
        withoutValue: '${{ facts.slo.unused }}',
        shortened: '${{ facts.long }}',
        above: '${{ facts.slo }}',
        inherited: '${{ entity.metadata.tags.constructor }}',
        sentence: 'The team ${{ entity.metadata.annotations.team }}',
        map: 'It is ${{ entity.metadata }}',
        empty: 'It is ${{ facts.scan.fixed }}',
        malformed: '${{ env.SECRET }}',
        list: ['${{ entity.spec.owner }}', 'y'],
      }),
    ).toEqual({ kept: 'x', list: ['y'] });
  });
});

describe('placeholders', () => {
  it('are accepted where they can be resolved', () => {
    expect(
      checkFixValues({
        a: 'a text with $, {{ braces }} and }}',
        b: "${{ entity.metadata.annotations['a.b/c}}d'] }} and ${{facts.a}}",
        c: [{ d: '${{ entityRef }}', e: 7, f: null }],
      }),
    ).toEqual([]);
  });

  it.each([
    ['${{ env.HOME }}', '${{ env.HOME }} must be a part of entity or facts'],
    ['${{ entity }}', '${{ entity }} must be a part of'],
    ['${{ facts }}', '${{ facts }} must be a part of'],
    ['${{ entityRef.name }}', '${{ entityRef.name }} must be a part of'],
    ['${{ parameters.name }}', 'must be a part of entity or facts'],
    ['${{ }}', '${{ }} is no path such as'],
    ['${{ facts.a | upper }}', 'is no path such as'],
    ['${{ facts..a }}', 'is no path such as'],
    ['${{ facts.a[b] }}', 'is no path such as'],
    ["${{ facts['a }}", 'has a ${{ without }}'],
    ['${{ facts.a', 'has a ${{ without }}'],
    ['${{ facts.a ${{ facts.b }}', 'is no path such as'],
  ])('are refused as %s', (text, reason) => {
    expect(checkFixValues({ fine: 'x', list: [{ text }] })).toEqual([
      { path: 'list[0].text', reason: expect.stringContaining(reason) },
    ]);
  });
});
