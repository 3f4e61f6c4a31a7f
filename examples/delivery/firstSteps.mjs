import { DAY, HOUR, MINUTE } from './calendar.mjs';
import { cloudEvent, sources } from './cdEvents.mjs';
import { artifactOf, revisionOf } from './names.mjs';
import { chance } from './random.mjs';

const template = 'template:default/node-api';

/** How a service came to life, from the form to its first deployments. */
export function firstStepsOf(service, { anchor }) {
  const { name, day, steps, failedRuns = [] } = service;
  const random = chance(name, 'first steps');
  const origin = Date.parse(`${anchor}T00:00:00Z`);
  const requestedAt = origin + day * DAY + random.between(8, 15) * HOUR;
  const after = minutes => requestedAt + minutes * MINUTE;
  const customData = { revision: revisionOf(random) };
  const artifact = artifactOf(name, '0.1.0');

  const events = [];
  const add = (type, key, at, event) =>
    events.push(
      cloudEvent({
        id: `${name} first ${key}`,
        type,
        at: Math.round(at),
        entity: name,
        ...event,
      }),
    );
  addRun({ add, service, requestedAt, after });

  for (const [number, minutes] of failedRuns.entries()) {
    addPipelineRun({
      add,
      name,
      number,
      customData,
      from: after(minutes - 2),
      to: after(minutes),
      result: { outcome: 'failure', errors: 'GET /plans answers 500, not 200' },
    });
  }
  if (steps.pipeline) {
    addPipelineRun({
      add,
      name,
      number: failedRuns.length,
      customData,
      from: after(steps.run + 0.2),
      to: after(steps.pipeline),
      result: { outcome: 'success' },
    });
    add('artifact.published', 'artifact', after(steps.artifact), {
      source: sources.pipelines,
      subject: artifact,
      customData,
    });
  }

  const deployed = (environment, at) =>
    add('service.deployed', environment, at, {
      source: sources.clusters,
      subject: name,
      content: { environment: { id: environment }, artifactId: artifact },
      customData,
    });
  if (steps.deployed) {
    deployed('staging', after(steps.deployed));
  }
  if (service.productionDay !== undefined) {
    deployed(
      'production',
      requestedAt + (service.productionDay - day) * DAY + HOUR,
    );
  }
  return events;
}

/** What the portal itself would tell of the run that made the service. */
function addRun({ add, service, requestedAt, after }) {
  const { name, requestedBy, steps } = service;
  const task = `sample-${name}`;
  const run = {
    source: sources.goldenPaths,
    subject: task,
    content: { pipelineName: template, uri: `urn:kestrelvale:run:${name}` },
    customData: { run: task, template, requestedBy, creates: true },
  };
  add('pipelinerun.started', 'started', requestedAt, run);
  add('pipelinerun.finished', 'finished', after(steps.run), {
    ...run,
    content: { ...run.content, outcome: 'success' },
  });
  add('repository.created', 'repository', after(steps.run * 0.7), {
    ...run,
    subject: `kestrelvale/${name}`,
    content: { name, uri: `urn:kestrelvale:repository:${name}` },
  });
  add('environment.created', 'environment', after(steps.run), {
    ...run,
    subject: 'staging',
    content: { name: 'staging' },
    customData: {
      ...run.customData,
      requestedAt: new Date(requestedAt).toISOString(),
    },
  });
}

function addPipelineRun({ add, name, number, customData, from, to, result }) {
  const run = {
    source: sources.pipelines,
    subject: `${name} first run ${number + 1}`,
    content: {
      pipelineName: 'main',
      uri: `urn:kestrelvale:ci:${name}:first:${number}`,
    },
    customData,
  };
  add('pipelinerun.started', `run ${number}`, from, run);
  add('pipelinerun.finished', `run ${number} end`, to, {
    ...run,
    content: { ...run.content, ...result },
  });
}
