import { resolveValues } from './resolveValues';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    tags: ['nodejs', 'api'],
    annotations: {
      'backstage.io/source-location': 'url:https://forge/orders/',
    },
  },
  spec: { owner: 'ticketing' },
};
const inputs = [
  { path: 'facts.slo.endpointsWithoutSlo', value: ['GET /a', 'GET /b'] },
  { path: 'facts.repository.readme', value: { words: 12 } },
  { path: 'facts.coverage', value: 'cut short…', truncated: true },
  { path: 'facts.onCall.rotation' },
];
const resolve = (value: string) =>
  resolveValues({ value }, { entity, inputs }).value;

describe('the answers that a fix brings along', () => {
  it.each([
    ['as it is', 'as it is'],
    ['${{ entity.metadata.name }}', 'orders'],
    ['${{entity.metadata.tags}}', ['nodejs', 'api']],
    ['${{ entity.metadata.tags.1 }}', 'api'],
    [
      '${{ entity.metadata.annotations.backstage.io/source-location }}',
      'url:https://forge/orders/',
    ],
    [
      'For ${{ entity.metadata.name }}: ${{ facts.slo.endpointsWithoutSlo }}',
      'For orders: GET /a, GET /b',
    ],
    ['${{ facts.slo.endpointsWithoutSlo }}', ['GET /a', 'GET /b']],
    ['${{ facts.slo.endpointsWithoutSlo.0 }}', 'GET /a'],
    ['${{ facts.repository.readme.words }}', 12],
    // Unknown, cut short, without words, of no catalog or fact
    ['${{ facts.slo }}', undefined],
    ['${{ facts.coverage }}', undefined],
    ['${{ facts.onCall.rotation }}', undefined],
    ['At ${{ facts.onCall.rotation }}', undefined],
    ['Of ${{ entity.spec }}', undefined],
    ['${{ entity.constructor.name }}', undefined],
    ['${{ secrets.TOKEN }}', undefined],
  ])('%s', (text, expected) => {
    expect(resolve(text)).toEqual(expected);
  });

  it('goes into lists and objects, and leaves out what it cannot resolve', () => {
    expect(
      resolveValues(
        {
          count: 3,
          names: ['${{ entity.metadata.name }}', '${{ entity.nothing }}'],
          deep: { owner: '${{ entity.spec.owner }}', gone: '${{ facts.x }}' },
        },
        { entity, inputs },
      ),
    ).toEqual({ count: 3, names: ['orders'], deep: { owner: 'ticketing' } });
  });
});
