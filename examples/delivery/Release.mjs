import { HOUR, MINUTE } from './calendar.mjs';
import { cloudEvent, sources } from './cdEvents.mjs';
import { artifactOf, revisionOf } from './names.mjs';
import { chance } from './random.mjs';

const incidents = [
  'Every twentieth request fails',
  'Answers take longer than two seconds',
  'Messages pile up in the queue',
  'It restarts again and again',
];

/** One release of a service: from its first change to what went wrong with it. */
export class Release {
  constructor({
    service,
    phase,
    at,
    key,
    day,
    version,
    previous,
    mergedAfter,
  }) {
    this.service = service;
    this.random = chance(key);
    this.key = key;
    this.at = at;
    this.artifact = artifactOf(service.name, version);
    this.previous = artifactOf(service.name, previous);
    this.revision = revisionOf(this.random);
    this.isObserved = day.week >= (service.observedSince ?? -Infinity);
    this.events = [];

    this.#merge(phase, mergedAfter);
    this.#build();
    this.#deploy('staging', 'staging', at - 3 * MINUTE);
    this.#deploy('production', 'production', at);
    if (this.random.happens(phase.fails)) {
      const isTakenBack = this.random.happens(0.4);
      if (phase.by ? phase.by === 'rollback' : isTakenBack) {
        this.#takeBack();
      } else {
        this.#breakDown();
      }
    }
  }

  #merge(phase, mergedAfter) {
    const { random, at, service } = this;
    const latest = at - (service.minutes + 9) * MINUTE;
    const count = Math.max(1, random.count(phase.changes));
    const merges = Array.from({ length: count })
      .map(() => at - random.around(phase.hours) * HOUR)
      .map(time => Math.min(latest, Math.max(time, mergedAfter + MINUTE)))
      .sort((a, b) => a - b);
    this.lastMerge = Math.max(mergedAfter, merges[count - 1]);
    const first = 100 + Math.floor(random.between(0, 90_000));
    for (const [index, mergedAt] of merges.entries()) {
      this.#add('change.merged', `merge ${index}`, mergedAt, {
        source: sources.pipelines,
        subject: `${service.name}!${first + index}`,
        content: { repository: { id: `kestrelvale/${service.name}` } },
        customData: {
          revision: index === count - 1 ? this.revision : revisionOf(random),
        },
      });
    }
  }

  /** From the last merge to the artifact; some tests fail at first. */
  #build() {
    const { at, key, random, service } = this;
    const outcomes = random.happens(0.12)
      ? ['failure', 'success']
      : ['success'];
    let started = this.lastMerge + random.between(0.3, 1.2) * MINUTE;
    for (const [attempt, outcome] of outcomes.entries()) {
      const run = {
        source: sources.pipelines,
        subject: `${key} run ${attempt + 1}`,
        content: {
          pipelineName: 'main',
          uri: `urn:kestrelvale:ci:${key.replaceAll(' ', ':')}:${attempt}`,
        },
        customData: { revision: this.revision },
      };
      const isLast = attempt === outcomes.length - 1;
      const took = random.around(service.minutes) * (isLast ? 1 : 0.6);
      const finished = Math.min(
        started + took * MINUTE,
        at - (isLast ? 5.5 : 9) * MINUTE,
      );
      this.#add('pipelinerun.started', `start ${attempt}`, started, run);
      this.#add('pipelinerun.finished', `finish ${attempt}`, finished, {
        ...run,
        content: {
          ...run.content,
          outcome,
          ...(isLast ? {} : { errors: 'A test failed' }),
        },
      });
      started = finished + 0.5 * MINUTE;
    }
    this.#add('artifact.published', 'artifact', at - 5 * MINUTE, {
      source: sources.pipelines,
      subject: this.artifact,
      customData: { revision: this.revision },
    });
  }

  #takeBack() {
    const at = this.at + this.random.around(38) * MINUTE;
    this.#deploy('back', 'production', at, {
      type: 'service.rolledback',
      artifact: this.previous,
    });
  }

  #breakDown() {
    const { at, key, random } = this;
    const detectedAt = at + random.around(25) * MINUTE;
    const resolvedAt = detectedAt + random.around(75) * MINUTE;
    const incident = {
      source: sources.alarms,
      subject: `${key} incident`,
      content: {
        description: random.pick(incidents),
        environment: { id: 'production' },
        service: { id: this.service.name },
        // Some alarms know what is running, others only that it does not
        ...(random.happens(0.6) && { artifactId: this.artifact }),
      },
    };
    // It is the deployment's chain only for what was meant to happen
    this.#add('incident.detected', 'detected', detectedAt, incident, {});
    if (random.happens(0.55)) {
      const part = random.between(0.6, 0.95);
      this.#deploy(
        'fix',
        'production',
        detectedAt + (resolvedAt - detectedAt) * part,
        { artifact: `${this.artifact}-fix` },
      );
    }
    this.#add('incident.resolved', 'resolved', resolvedAt, incident, {});
  }

  #deploy(name, environment, at, options = {}) {
    const { type = 'service.deployed', artifact } = options;
    const deployment = {
      subject: this.service.name,
      content: {
        environment: { id: environment },
        artifactId: artifact ?? this.artifact,
      },
      ...(artifact ? {} : { customData: { revision: this.revision } }),
    };
    const chain = artifact ? {} : undefined;
    if (this.isObserved) {
      const source = sources.clusters;
      this.#add(type, name, at, { source, ...deployment }, chain);
    }
    // The pipeline says that it is done before anything is seen
    if (!this.isObserved || this.random.happens(0.15)) {
      const source = sources.pipelines;
      const said = at - MINUTE / 2;
      this.#add(type, `${name} said`, said, { source, ...deployment }, chain);
    }
  }

  #add(type, name, at, event, chain = { chainId: this.key }) {
    this.events.push(
      cloudEvent({
        id: `${this.key} ${name}`,
        type,
        at: Math.round(at),
        entity: this.service.name,
        ...chain,
        ...event,
      }),
    );
  }
}
