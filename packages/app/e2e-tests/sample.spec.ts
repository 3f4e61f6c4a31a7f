import { expect, test } from './support/test';

interface Entity {
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    annotations?: Record<string, string>;
  };
  relations?: { type: string; targetRef: string }[];
  status?: { items?: { message: string }[] };
}

const REPOSITORIES = [
  'journey-planning/departure-boards',
  'platform/rail-infrastructure',
  'ticketing/order-service',
  'ticketing/ticket-issuer',
  'train-running/train-tracker',
];

function refOf({ kind, metadata }: Entity): string {
  const { namespace = 'default', name } = metadata;
  return `${kind}:${namespace}/${name}`.toLowerCase();
}

test('the sample organisation is whole', async ({ request }) => {
  const signIn = await request.post('/api/auth/guest/refresh', {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  });
  const { token } = (await signIn.json()).backstageIdentity;
  const response = await request.get('/api/catalog/entities', {
    headers: { authorization: `Bearer ${token}` },
  });
  const entities: Entity[] = await response.json();
  const refs = new Set(entities.map(refOf));
  // Other tests bring entities of their own
  const isSample = ({ metadata }: Entity) => {
    const origin = metadata.annotations?.['backstage.io/managed-by-location'];
    return (
      origin?.includes('/examples/') ||
      REPOSITORIES.some(name => origin?.includes(`/api/forge/${name}/`))
    );
  };
  const sample = entities.filter(isSample);

  const counts: Record<string, number> = {};
  for (const { kind } of sample) {
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  // As examples/README.md tells it
  expect(counts).toMatchObject({
    Group: 13,
    User: 25,
    Domain: 4,
    System: 6,
    Component: 22,
    API: 8,
    Resource: 10,
    Scorecard: 4,
  });
  expect(sample.flatMap(entity => entity.status?.items ?? [])).toEqual([]);
  const leadingNowhere = sample.flatMap(entity =>
    (entity.relations ?? [])
      .filter(({ targetRef }) => !refs.has(targetRef))
      .map(({ type, targetRef }) => `${refOf(entity)} ${type} ${targetRef}`),
  );
  // On purpose: its squad was dissolved
  expect(leadingNowhere).toEqual([
    'component:default/lost-and-found ownedBy group:default/station-services',
  ]);
});
