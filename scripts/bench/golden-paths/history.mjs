import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';

/**
 * A year of every service: a change is merged, built, seen on staging and in
 * production, and now and then something breaks and somebody asks for help. The same
 * numbers give the same.
 */

const DAY_MS = 24 * 3_600_000;
const YEAR_MS = 364 * DAY_MS;
const MINUTE_MS = 60_000;

/** Of one delivery, from its merge to production. */
const STEPS = 6;
/** So often something breaks, which makes three events more. */
const INCIDENT_EVERY = 10;

export const serviceRef = index => `component:default/service-${index}`;

/** Numbers that look as if nobody had chosen them. */
function scatter(...numbers) {
  let hash = 2166136261;
  for (const number of numbers) {
    hash = Math.imul(hash ^ (number + 0x9e37), 16777619);
    hash ^= hash >>> 13;
  }
  return (hash >>> 0) / 2 ** 32;
}

export const perDelivery = STEPS + 3 / INCIDENT_EVERY;

/**
 * A CloudEvent as it is sent.
 *
 * @param {object} options
 * @param {string} options.ref the service that it speaks for
 */
export function cloudEvent({
  ref,
  id,
  source,
  type,
  at,
  subject,
  content,
  custom,
}) {
  const time = new Date(at).toISOString();
  return {
    specversion: '1.0',
    id,
    source,
    type,
    time,
    subject,
    datacontenttype: 'application/json',
    entityref: ref,
    data: {
      context: { specversion: '0.5.1', id, source, type, timestamp: time },
      subject: { id: subject, source, content },
      ...(custom && { customData: custom }),
    },
  };
}

const VERSIONS = {
  'change.merged': '0.3.0',
  'pipelinerun.started': '0.3.0',
  'pipelinerun.finished': '0.3.0',
  'artifact.published': '0.3.0',
  'service.deployed': '0.3.0',
  'incident.detected': '0.3.0',
  'incident.resolved': '0.3.0',
  'ticket.created': '0.2.0',
};

/** The events of one delivery of one service. */
export function delivery({
  service,
  ref = serviceRef(service),
  number,
  start,
}) {
  const name = ref.split('/')[1];
  const source = `https://ci.example/${name}`;
  const revision = Buffer.from(`${service}.${number}`.padEnd(20, '.')).toString(
    'hex',
  );
  const artifactId = `pkg:oci/${name}@${revision}`;
  const waits = minutes =>
    minutes * MINUTE_MS * (0.3 + 4 * scatter(service, number, minutes) ** 3);
  const event = (type, at, subject, content, custom) =>
    cloudEvent({
      ref,
      source,
      id: `${number}-${type}-${subject}`,
      type: `dev.cdevents.${type}.${VERSIONS[type]}`,
      at,
      subject,
      content,
      custom,
    });
  const built = start + waits(7);
  const staged = built + waits(4);
  const live = staged + waits(240);
  const run = `${name}/${number}`;
  const deployed = (environment, at) =>
    event(
      'service.deployed',
      at,
      `${name}/${environment}`,
      { environment: { id: environment }, artifactId },
      { revision },
    );
  const events = [
    event(
      'change.merged',
      start,
      `${name}#${number}`,
      { repository: { id: name } },
      { revision },
    ),
    event(
      'pipelinerun.started',
      start + MINUTE_MS,
      run,
      { pipelineName: 'build', uri: `${source}/${number}` },
      { revision },
    ),
    event(
      'pipelinerun.finished',
      built,
      run,
      {
        pipelineName: 'build',
        uri: `${source}/${number}`,
        outcome: scatter(service, number, 1) < 0.1 ? 'failure' : 'success',
      },
      { revision },
    ),
    event('artifact.published', built, artifactId, {}, { revision }),
    deployed('staging', staged),
    deployed('production', live),
  ];
  if ((number + service) % INCIDENT_EVERY === 0) {
    const incident = `${name}/incident-${number}`;
    const broken = live + waits(60);
    const content = {
      environment: { id: 'production' },
      description: 'It is slow',
    };
    events.push(
      event('incident.detected', broken, incident, content),
      event('incident.resolved', broken + waits(45), incident, content),
      event(
        'ticket.created',
        broken,
        `${name}/ticket-${number}`,
        {
          summary: 'Help',
          ticketType: 'task',
          uri: `${source}/t`,
          creator: 'somebody',
        },
        { category: ['pipeline', 'access', 'other'][number % 3] },
      ),
    );
  }
  return events;
}

const escaped = text =>
  text.replace(
    /[\\\t\n\r]/g,
    one => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }[one]),
  );

/** As COPY reads it. */
const line = event =>
  `${[
    event.source,
    event.id,
    event.type,
    event.entityref,
    event.subject,
    event.time,
    event.time,
    'plugin:observer',
    't',
    'f',
    JSON.stringify(event),
  ]
    .map(escaped)
    .join('\t')}\n`;

const COLUMNS =
  'source, event_id, type, entity_ref, subject_id, occurred_at, received_at, received_from, observed, sample, envelope';

/**
 * Writes so many events into the table with COPY, in the order in which they might
 * have come in. Indexes are made afterwards.
 *
 * @returns how many there are
 */
export async function loadHistory({ query, directory, services, events }) {
  const deliveries = Math.max(1, Math.round(events / services / perDelivery));
  const begin = Date.now() - YEAR_MS;
  const pipe = path.join(directory, 'events');
  if (spawnSync('mkfifo', ['-m', '666', pipe]).status !== 0) {
    throw new Error(`${pipe} could not be made`);
  }
  const dropped = await dropIndexes(query);
  const copied = query(`COPY events (${COLUMNS}) FROM '${pipe}'`);
  const stream = createWriteStream(pipe, { highWaterMark: 1 << 20 });
  let count = 0;
  for (let number = 0; number < deliveries; number++) {
    for (let service = 0; service < services; service++) {
      const start =
        begin +
        ((number + scatter(service, number, 3)) / deliveries) *
          (YEAR_MS - 3 * DAY_MS);
      const happened = delivery({ service, number, start });
      count += happened.length;
      if (!stream.write(happened.map(line).join(''))) {
        await once(stream, 'drain');
      }
    }
  }
  stream.end();
  await copied;
  await query("SET maintenance_work_mem = '1GB'");
  for (const sql of dropped) {
    await query(sql);
  }
  return count;
}

/** @returns what makes them again */
async function dropIndexes(query) {
  const constraints = await query(
    `SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
     WHERE conrelid = 'events'::regclass AND contype = 'u'`,
  );
  for (const { name } of constraints) {
    await query(`ALTER TABLE events DROP CONSTRAINT ${name}`);
  }
  const indexes = await query(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
     FROM pg_index WHERE indrelid = 'events'::regclass AND NOT indisprimary`,
  );
  for (const { name } of indexes) {
    await query(`DROP INDEX ${name}`);
  }
  return [
    ...constraints.map(
      ({ name, definition }) =>
        `ALTER TABLE events ADD CONSTRAINT ${name} ${definition}`,
    ),
    ...indexes.map(({ definition }) => definition),
  ];
}
