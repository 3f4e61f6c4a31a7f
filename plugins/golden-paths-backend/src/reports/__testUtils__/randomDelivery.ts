import { searchKeys } from '@waymark/backend-support';
import { Entity } from '@backstage/catalog-model';
import { Knex } from 'knex';
import { seededRandom } from '../../__testUtils__/seededRandom';
import { deriveSettings, eventFactory } from '../../__testUtils__/sourceEvents';
import { addWeeks, Weeks } from '../../calendar/Weeks';
import { derive } from '../../derive/derive';
import { Derived } from '../../derive/Derived';
import { groupKeys, OWNER } from '../../rollups/groupKeys';
import { moveBetweenGroups } from '../../rollups/moveBetweenGroups';
import { rebuildGroupSums } from '../../rollups/rebuildGroupSums';
import { writeRollupWeeks } from '../../rollups/writeRollupWeeks';

const HOUR = 3_600_000;

/** Where there is a Sunday evening that is Monday elsewhere. */
export const TIME_ZONE = 'Australia/Lord_Howe';

const TYPES = [
  'change.merged',
  'change.merged',
  'service.deployed',
  'service.upgraded',
  'service.upgraded',
  'service.rolledback',
  'service.removed',
  'incident.detected',
  'incident.resolved',
  'pipelinerun.finished',
  'environment.created',
  'ticket.created',
  'ticket.created',
];

export interface TestEntity {
  id: number;
  ref: string;
  entity: Entity;
  derived: Derived;
}

const relationsOf = (spec: Record<string, unknown>) => [
  ...(spec.owner ? [{ type: 'ownedBy', targetRef: String(spec.owner) }] : []),
  ...(spec.parent ? [{ type: 'childOf', targetRef: String(spec.parent) }] : []),
  ...(spec.domain ? [{ type: 'partOf', targetRef: String(spec.domain) }] : []),
];

function entityOf(
  kind: string,
  name: string,
  spec: Record<string, string> = {},
  metadata: object = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', ...metadata },
    spec,
    relations: relationsOf(spec),
  };
}

/** Groups in a tree, systems in a domain, services of all sorts. */
function entities(random: () => number): Entity[] {
  const pick = <T>(items: readonly T[]): T =>
    items[Math.floor(random() * items.length)];
  const services = Array.from({ length: 14 }, (_, index) =>
    entityOf(
      'Component',
      `svc-${index}`,
      {
        type: pick(['service', 'service', 'website', 'worker', 'library']),
        lifecycle: pick(['production', 'production', 'deprecated']),
        owner: pick([
          'group:default/bears',
          'group:default/cubs',
          'group:default/owls',
          'user:default/ann',
        ]),
        system: pick(['system:default/zoo', 'system:default/park']),
      },
      {
        title: index % 3 ? `Service ${index}` : undefined,
        labels: random() < 0.3 ? { secret: 'true' } : undefined,
        annotations:
          random() < 0.5
            ? { 'backstage.io/source-template': 'template:default/go' }
            : undefined,
      },
    ),
  );
  return [
    entityOf('Group', 'bears', {}, { title: '=Bears' }),
    entityOf('Group', 'cubs', { parent: 'group:default/bears' }),
    entityOf('Group', 'owls', {}, { labels: { secret: 'true' } }),
    entityOf('System', 'zoo', { domain: 'domain:default/animals' }),
    entityOf('System', 'park'),
    ...services,
  ];
}

/**
 * Fills a database with what random events say of random services.
 *
 * @param options - `now`: the last moment of them
 */
export async function randomDelivery(options: {
  knex: Knex;
  seed: number;
  now: number;
}): Promise<TestEntity[]> {
  const { knex, seed, now } = options;
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T =>
    items[Math.floor(random() * items.length)];
  const maybe = <T>(value: T): T | undefined =>
    random() < 0.4 ? value : undefined;
  const weeks = Weeks.of(TIME_ZONE);
  const from = weeks.startOf(addWeeks(weeks.weekOf(now), -11));
  const event = eventFactory();
  const added: TestEntity[] = [];

  for (const [index, entity] of entities(random).entries()) {
    const id = index + 1;
    const kind = entity.kind.toLowerCase();
    const ref = `${kind}:default/${entity.metadata.name}`;
    const isGroup = kind === 'group';
    await knex('entities').insert({
      id,
      ref,
      kind,
      type: entity.spec?.type,
      lifecycle: entity.spec?.lifecycle,
      title: entity.metadata.title,
      etag: 'x',
      owner_ref: entity.spec?.owner,
      system_ref: entity.spec?.system,
      first_seen_at: 0,
    });
    await knex('entity_search').insert(
      searchKeys(entity).map(key => ({ entity_id: id, ...key })),
    );

    const quiet = kind !== 'component' && !isGroup;
    const events = Array.from({ length: quiet ? 0 : 60 }, () =>
      event(
        isGroup ? 'ticket.created' : pick(TYPES),
        from + Math.floor((random() * (now - from)) / HOUR) * HOUR,
        {
          subjectId: `thing ${Math.floor(random() * 25)}`,
          observed: random() < 0.7,
          sample: seed % 2 === 0 && random() < 0.1,
          environment: pick(['production', 'prod-eu', 'staging', 'lab']),
          artifact: `artifact ${Math.floor(random() * 8)}`,
          custom: {
            category: pick(['question', 'access', 'problem']),
            requestedAt: maybe(new Date(from).toISOString()),
            revision: pick(['a', 'b', 'c', 'd']).repeat(10),
            url: maybe(pick(['https://ci.example/1', 'ftp://ci.example/1'])),
          },
        },
      ),
    );
    if (events.length > 0) {
      await knex('events').insert(
        events.map(each => ({
          sequence: each.sequence,
          source: each.source,
          event_id: each.id,
          type: each.data.context.type,
          entity_ref: ref,
          subject_id: each.data.subject.id,
          occurred_at: new Date(each.occurredAt),
          received_at: new Date(each.occurredAt),
          received_from: 'plugin:test',
          envelope: '{}',
          observed: each.observed,
          sample: each.sample,
        })),
      );
    }
    const derived = derive(events, { ...deriveSettings, timeZone: TIME_ZONE });
    await insertDerived(knex, id, derived);
    if (kind === 'component') {
      await knex('entity_keys').insert({
        key: `ref:${ref}`,
        entity_id: id,
        rank: 0,
      });
      await insertPaths({ knex, id, from, weeks, random });
    }
    added.push({ id, ref, entity, derived });
  }
  await knex.transaction(async tx => {
    const rows: {
      id: number;
      kind: string;
      type: string | null;
      owner: string;
    }[] = await tx('entities').select(
      'id',
      'kind',
      'type',
      tx.raw(`${OWNER} as owner`),
    );
    await moveBetweenGroups(
      tx,
      rows.map(row => ({
        id: row.id,
        groupKeys: groupKeys({ ...row, isDeleted: false }),
      })),
    );
    await rebuildGroupSums(tx);
    await writeRollupWeeks(tx, await tx('entities').pluck('id'));
  });
  return added;
}

const TABLES = {
  deployments: 'deployments',
  changes: 'changes',
  incidents: 'incidents',
  tickets: 'tickets',
  pipelineRuns: 'pipeline_runs',
  environments: 'environments',
  rollups: 'rollups',
} as const;

async function insertDerived(knex: Knex, id: number, derived: Derived) {
  for (const [name, table] of Object.entries(TABLES)) {
    const items: object[] = derived[name as keyof Derived];
    const rows = items.map(item => ({
      entity_id: id,
      ...Object.fromEntries(
        Object.entries(item).map(([key, value]) => [
          key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`),
          value,
        ]),
      ),
    }));
    for (const row of rows) {
      await knex(table).insert(row);
    }
  }
}

async function insertPaths(options: {
  knex: Knex;
  id: number;
  from: number;
  weeks: Weeks;
  random: () => number;
}) {
  const { knex, id, from, weeks, random } = options;
  const later = (at: number, chance: number) =>
    random() < chance ? at + Math.floor(random() * 90 * HOUR) : null;
  if (random() < 0.7) {
    const requested = from + Math.floor(random() * 70 * 24) * HOUR;
    const staging = later(requested, 0.7);
    await knex('first_steps').insert({
      entity_id: id,
      template_ref: 'template:default/go',
      requested_at: requested,
      requested_by: 'user:default/ann',
      staging_at: staging,
      production_at: staging === null ? null : later(staging, 0.5),
      stuck_step: staging === null ? 'staging' : null,
      stuck_since: staging === null ? requested : null,
      stuck_reason: staging === null ? 'waiting' : null,
      sample: false,
    });
  }
  for (let week = 0; week < 12; week++) {
    if (random() < 0.9) {
      const onPath = random() < 0.7;
      await knex('path_weeks').insert({
        entity_id: id,
        week: addWeeks(weeks.weekOf(from), week),
        template_ref: onPath ? 'template:default/go' : null,
        behind: onPath && random() < 0.5,
        verified: onPath && random() < 0.8,
        conformant: random() < 0.5,
        deviation:
          random() < 0.5
            ? 'none'
            : ['justified', 'expired', 'unjustified'][Math.floor(random() * 3)],
      });
    }
  }
}
