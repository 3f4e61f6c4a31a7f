import { Knex } from 'knex';
import { cloudEvent } from '../__testUtils__/cloudEvent';
import { databases, initDatabase } from '../__testUtils__/databases';
import { deleteEntities } from '../catalog/deleteEntities';
import { writeEntities } from '../catalog/writeEntities';
import { IncomingEvent, IntakeVerdict } from '../events/EventIntake';
import { MatchingListener } from '../matching/MatchingListener';
import { readRefs } from '../worker/readRefs';
import { DatabaseEventIntake } from './DatabaseEventIntake';

const NOW = Date.parse('2026-08-01T12:00:00Z');
const ledgerRef = 'component:default/ledger';

/** As the catalog gives it. */
function entity(
  name: string,
  annotations: Record<string, string> = {},
  kind = 'Component',
) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      etag: JSON.stringify(annotations),
      annotations,
    },
    spec: { type: 'service' },
  };
}

function incoming(
  options: Parameters<typeof cloudEvent>[0] & Partial<IncomingEvent> = {},
): IncomingEvent {
  const { entityRef, authority, observed = true, sample = false } = options;
  return {
    event: cloudEvent(options).data,
    entityRef,
    authority,
    receivedFrom: 'plugin:test',
    observed,
    sample,
  };
}

/** Whatever the event says beside its subject. */
function about(custom: Record<string, unknown>, id?: string): IncomingEvent {
  const event = incoming({ id, subjectId: 'a subject' });
  return { ...event, event: { ...event.event, customData: custom } };
}

describe.each(databases.eachSupportedId())('events coming in on %s', id => {
  let knex: Knex;
  let intake: DatabaseEventIntake;
  let woken: number;

  beforeAll(async () => {
    knex = await initDatabase(id);
  });
  beforeEach(async () => {
    for (const table of [
      'events',
      'entities',
      'entity_search',
      'entity_keys',
      'unmatched_keys',
      'due',
    ]) {
      await knex(table).delete();
    }
    woken = 0;
    intake = new DatabaseEventIntake({
      knex,
      now: () => NOW,
      wake: () => woken++,
    });
  });

  async function put(...entities: ReturnType<typeof entity>[]) {
    await knex.transaction(async tx => {
      const upserted = await writeEntities(tx, { entities, now: NOW });
      await new MatchingListener().onEntities(tx, { upserted, deleted: [] });
    });
  }
  async function remove(ref: string) {
    await knex.transaction(async tx => {
      const { etag } = await tx('entities').where({ ref }).first();
      const entities = [{ ref, etag }];
      const deleted = await deleteEntities(tx, { entities, now: NOW });
      await new MatchingListener().onEntities(tx, { upserted: [], deleted });
    });
  }
  const idOf = async (ref: string): Promise<number> =>
    (await knex('entities').where({ ref }).first()).id;
  /** Refs of those that have to be derived anew; afterwards none. */
  async function due(): Promise<string[]> {
    const refs = await knex('due')
      .join('entities', 'entities.id', 'due.entity_id')
      .distinct('ref')
      .orderBy('ref')
      .pluck('ref');
    await knex('due').delete();
    return refs;
  }
  /** Whose history an event is part of. */
  async function historyOf(ref: string): Promise<string[]> {
    const entityId = await idOf(ref);
    return (await readRefs(knex, [entityId])).get(entityId)!;
  }

  it('are written once, as they came, and say for whom they are', async () => {
    await put(entity('ledger'));
    await due();
    const first = incoming({ id: '1', entityRef: ledgerRef });
    const other = incoming({ id: '2', entityRef: ledgerRef, sample: true });
    expect(await intake.accept([first, other, first])).toEqual([
      { duplicate: false, entityRef: ledgerRef },
      { duplicate: false, entityRef: ledgerRef },
      { duplicate: true, entityRef: ledgerRef },
    ]);
    expect(woken).toBe(1);
    expect(await due()).toEqual([ledgerRef]);
    const rows = await knex('events').orderBy('event_id');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      source: 'https://ci.example/ledger',
      event_id: '1',
      type: 'dev.cdevents.service.deployed.0.3.0',
      entity_ref: ledgerRef,
      subject_id: 'ledger',
      received_from: 'plugin:test',
    });
    expect(new Date(rows[0].occurred_at).toISOString()).toBe(
      '2026-08-01T10:00:00.000Z',
    );
    expect(new Date(rows[0].received_at).getTime()).toBe(NOW);
    expect(rows.map(row => Boolean(row.observed))).toEqual([true, true]);
    expect(rows.map(row => Boolean(row.sample))).toEqual([false, true]);
    expect(JSON.parse(rows[0].envelope)).toMatchObject({
      specversion: '1.0',
      id: '1',
      entityref: ledgerRef,
      data: first.event,
    });

    expect(await intake.accept([other])).toEqual([
      { duplicate: true, entityRef: ledgerRef },
    ]);
    expect(await due()).toEqual([]);
    expect(woken).toBe(1);
    expect(await intake.accept([])).toEqual([]);
  });

  it('take ids from nobody who speaks for another entity', async () => {
    const verdicts = await intake.accept(
      ['component:default/a', 'component:default/b', undefined].map(authority =>
        incoming({ id: '1', entityRef: ledgerRef, authority }),
      ),
    );
    expect(verdicts.map(({ duplicate }) => duplicate)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('come once, however often and from however many replicas', async () => {
    await put(entity('ledger'));
    const events = Array.from({ length: 300 }, (_, index) =>
      incoming({ id: `${index}`, entityRef: ledgerRef }),
    );
    const verdicts = await Promise.all(
      [events, [...events].reverse(), events.slice(100)].map(batch =>
        intake.accept(batch),
      ),
    );
    expect(verdicts.flat().filter(({ duplicate }) => !duplicate)).toHaveLength(
      300,
    );
    expect(await knex('events').pluck('event_id')).toHaveLength(300);
  });

  it('of several senders are written together, and fail alone', async () => {
    await put(entity('ledger'));
    const one = (eventId: string) =>
      incoming({ id: eventId, entityRef: ledgerRef });
    const answers = await Promise.allSettled([
      intake.accept([one('1')]),
      intake.accept([one('2'), one('3')]),
      intake.accept([one('2'), { ...one('4'), receivedFrom: null as never }]),
      intake.accept([one('1'), one('5')]),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    const [, second, , last] = answers as PromiseFulfilledResult<
      IntakeVerdict[]
    >[];
    expect(second.value.map(({ duplicate }) => duplicate)).toEqual([
      false,
      false,
    ]);
    expect(last.value.map(({ duplicate }) => duplicate)).toEqual([true, false]);
    expect(await knex('events').orderBy('event_id').pluck('event_id')).toEqual([
      '1',
      '2',
      '3',
      '5',
    ]);
  });

  it('leave nothing behind when the database fails over them', async () => {
    await put(entity('ledger'));
    await due();
    const tooLong = incoming({ id: 'x'.repeat(300), entityRef: ledgerRef });
    if (id === 'SQLITE_3') {
      await knex.raw(
        "create trigger full before insert on due begin select raise(abort, 'full'); end",
      );
    }
    await expect(
      intake.accept([incoming({ id: '1', entityRef: ledgerRef }), tooLong]),
    ).rejects.toThrow();
    if (id === 'SQLITE_3') {
      await knex.raw('drop trigger full');
    }
    expect(await knex('events')).toEqual([]);
    expect(await knex('due')).toEqual([]);
  });

  describe('find their entity', () => {
    it.each<[string, Record<string, string>, () => IncomingEvent]>([
      [
        'by its ref as subject',
        {},
        () => incoming({ subjectId: 'Component:default/ledger' }),
      ],
      [
        'by what the entity names',
        { 'waymark.dev/delivery-subject': 'other, ledger-svc' },
        () => incoming({ subjectId: 'ledger-svc' }),
      ],
      [
        'by the artifact, whatever its version',
        { 'waymark.dev/delivery-subject': 'pkg:oci/ledger' },
        () => incoming({ subjectId: 'x' }),
      ],
      [
        'by the application of Argo CD',
        { 'argocd/app-name': 'ledger-prod, argocd/ledger-staging' },
        () => about({ argocdApp: 'argocd/ledger-staging' }),
      ],
      [
        'by a label of the application of Argo CD',
        { 'argocd/app-selector': 'app.kubernetes.io/name=ledger' },
        () =>
          about({
            argocdLabels: {
              environment: 'staging',
              'app.kubernetes.io/name': 'ledger',
            },
          }),
      ],
      [
        'by the repository of GitHub',
        { 'github.com/project-slug': 'Acme/ledger' },
        () => about({ repository: 'https://github.com/acme/ledger.git' }),
      ],
      [
        'by where its source is',
        {
          'backstage.io/source-location':
            'url:http://localhost:7007/api/forge/team-a/ledger/src/branch/main/',
        },
        () =>
          incoming({
            subjectId: 'http://localhost:7007/api/forge/team-a/ledger',
          }),
      ],
      [
        'by where it was read from',
        {
          'backstage.io/managed-by-location':
            'url:https://ghe.acme/acme/ledger/blob/main/catalog-info.yaml',
        },
        () =>
          incoming({ source: 'https://ghe.acme/acme/ledger/actions/runs/7' }),
      ],
    ])('%s', async (_, annotations, event) => {
      await put(
        entity('ledger', annotations),
        // The API beside it in the repository is not what was deployed
        entity('ledger-api', annotations, 'API'),
      );
      await due();
      const [verdict] = await intake.accept([event()]);
      expect(verdict).toEqual({ duplicate: false, entityRef: ledgerRef });
      expect(await due()).toEqual([ledgerRef]);
      expect(await knex('unmatched_keys')).toEqual([]);
    });

    it('only where there is one, and what the sender says goes first', async () => {
      const annotations = { 'github.com/project-slug': 'acme/mono' };
      await put(entity('ledger', annotations), entity('billing', annotations));
      const custom = { repository: 'https://github.com/acme/mono' };
      const [unclear, clear] = await intake.accept([
        about(custom),
        { ...about(custom), entityRef: 'component:default/billing' },
      ]);
      expect(unclear).toEqual({ duplicate: false, entityRef: undefined });
      expect(clear.entityRef).toBe('component:default/billing');
    });

    it('that is called as the application says, before what only names it', async () => {
      const selector = (label: string) => ({ 'argocd/app-selector': label });
      await put(
        entity('billing', selector('app.kubernetes.io/name=ledger')),
        entity('ledger', selector('app.kubernetes.io/name=ledger')),
        entity('payroll', selector('environment=production')),
      );
      const [named, unnamed] = await intake.accept([
        about({ argocdLabels: { 'app.kubernetes.io/name': 'ledger' } }),
        about({ argocdLabels: { environment: 'production' } }),
      ]);
      expect(named.entityRef).toBe(ledgerRef);
      expect(unnamed.entityRef).toBeUndefined();
    });

    it('that was read from the repository, before what only says to be of it', async () => {
      await put(
        entity('billing', { 'github.com/project-slug': 'acme/ledger' }),
        entity('ledger', {
          'backstage.io/managed-by-location':
            'url:https://github.com/acme/ledger/blob/main/catalog-info.yaml',
        }),
      );
      const custom = { repository: 'https://github.com/acme/ledger' };
      const [verdict] = await intake.accept([about(custom)]);
      expect(verdict.entityRef).toBe(ledgerRef);
    });
  });

  it('wait for their entity, and are given to it when it comes', async () => {
    const custom = { repository: 'https://github.com/acme/ledger' };
    await intake.accept([
      about(custom, '1'),
      incoming({ id: '2', entityRef: ledgerRef }),
      incoming({ id: '3', subjectId: 'nobody' }),
    ]);
    expect(woken).toBe(0);
    expect(
      await knex('events').orderBy('event_id').pluck('entity_ref'),
    ).toEqual([null, ledgerRef, null]);

    await put(entity('ledger', { 'github.com/project-slug': 'acme/ledger' }));
    expect(await due()).toEqual([ledgerRef]);
    expect(
      await knex('events').orderBy('event_id').pluck('entity_ref'),
    ).toEqual([ledgerRef, ledgerRef, null]);
    // Of the one that is still listed
    expect(
      await knex('unmatched_keys')
        .join('events', 'events.sequence', 'event_sequence')
        .distinct('event_id')
        .pluck('event_id'),
    ).toEqual(['3']);
  });

  it('stay with an entity that is renamed, that leaves, and that comes back', async () => {
    const oldRef = 'component:default/old';
    const former = { 'waymark.dev/previous-ref': 'old' };
    await put(entity('old'));
    await intake.accept([incoming({ entityRef: oldRef })]);
    await due();

    // As long as the old one is there, it is another's history
    await put(entity('new', former));
    expect(await historyOf('component:default/new')).toEqual([
      'component:default/new',
    ]);
    await due();
    await remove(oldRef);
    expect(await due()).toEqual(['component:default/new', oldRef]);
    expect(await historyOf(oldRef)).toEqual([]);
    expect(await historyOf('component:default/new')).toEqual([
      'component:default/new',
      oldRef,
    ]);
    // Who still reports under the old name means the new one
    await intake.accept([incoming({ entityRef: oldRef })]);
    expect(await due()).toEqual(['component:default/new']);

    await put(
      entity('newest', { 'waymark.dev/previous-ref': 'component:default/new' }),
    );
    await remove('component:default/new');
    expect(await historyOf('component:default/newest')).toEqual([
      'component:default/new',
      'component:default/newest',
      oldRef,
    ]);

    await remove('component:default/newest');
    expect(await historyOf('component:default/newest')).toHaveLength(3);
    await put(entity('old'));
    expect(await historyOf(oldRef)).toEqual([oldRef]);
    expect(await historyOf('component:default/newest')).toHaveLength(2);
  });
});
