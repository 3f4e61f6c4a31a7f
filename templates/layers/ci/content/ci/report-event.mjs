#!/usr/bin/env node
// Tells a Waymark portal that something happened, as a CDEvent: a pipeline ran, an
// artifact was published, a service was deployed. One file without dependencies for
// Node.js 18 or newer, made to be copied into a repository.
// SPDX-License-Identifier: Apache-2.0

import { createHash, randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const USAGE = `Usage: report-event <subject> <predicate> [options]

  change merged                    --commit
  pipelinerun started              --name
  pipelinerun finished             --outcome success|failure|cancel|error
  artifact published               --artifact
  service deployed|upgraded|rolledback  --environment --artifact
  service removed                  --environment
  environment created|deleted      --environment
  incident detected|resolved       --id --environment
  ticket created                   --id --summary --creator --uri
  ticket closed                    --id --uri --resolution
  repository created               --name --uri

What it is about
  --entity <ref>        such as component:default/orders-api (WAYMARK_ENTITY)
  --id <id>             of the change, run, incident or ticket, where the above does
                        not say it; of a change, the commit; of a run, the run itself
  --environment <id>    such as staging
  --artifact <id>       such as pkg:oci/orders-api@sha256%3A… 
  --commit <sha>        (known by itself on GitHub, Gitea, GitLab and Jenkins)
  --repository <id>     (known by itself there, too)
  --page <address>      for people who want to look
  --at <time>           when it happened, ISO 8601 (default: now)
  --chain <id>          the same for all that belongs together (WAYMARK_CHAIN)
  --data <name>=<text>  anything else to keep with it; may be repeated
  --name, --uri, --errors, --description, --summary, --creator, --resolution,
  --outcome             of the event, as CDEvents calls them

How it gets there
  --url <address>       of the portal (WAYMARK_URL)
  --source <address>    of the run (WAYMARK_SOURCE; known by itself on GitHub,
                        Gitea, GitLab and Jenkins)
  --event-id <id>       (WAYMARK_EVENT_ID; else made of the run and of all that is
                        said, so that a step that runs again changes nothing)
  --dry-run             say what would be sent, and send nothing
  --strict              exit with 1 when anything goes wrong
  --help

The credential is WAYMARK_TOKEN, or on GitHub Actions with "id-token: write" the
token of the run itself, for the audience WAYMARK_AUDIENCE (default: WAYMARK_URL).
Without --strict the exit code is 0 whatever happens.`;

const SPECVERSION = '0.5.1';
const ATTEMPTS = 4;
const TIMEOUT_MS = 20_000;
const MAX_DELAY_MS = 30_000;
/** For everything together: no build waits longer for this. */
const LIMIT_MS = 60_000;

/** Something to tell people, in words. */
class EventError extends Error {}

// Events ----------------------------------------------------------------------

const environment = ({ environment: id }) => id && { id };

/** What of the options each event takes, where, and what it cannot do without. */
const deployment = {
  version: '0.3.0',
  subject: 'service',
  needs: ['environment', 'artifact'],
  content: options => ({
    environment: environment(options),
    artifactId: options.artifact,
  }),
};
const incident = {
  version: '0.3.0',
  needs: ['id', 'environment'],
  content: options => ({
    environment: environment(options),
    description: options.description,
    artifactId: options.artifact,
  }),
};
const EVENTS = {
  'change merged': {
    version: '0.3.0',
    subject: 'commit',
    needs: ['commit'],
    content: ({ repository }) => ({
      repository: repository && { id: repository },
    }),
  },
  'pipelinerun started': {
    version: '0.3.0',
    subject: 'run',
    needs: ['name', 'run'],
    content: ({ name, run }) => ({ pipelineName: name, uri: run }),
  },
  'pipelinerun finished': {
    version: '0.3.0',
    subject: 'run',
    needs: ['run', 'outcome'],
    content: ({ name, run, outcome, errors }) => ({
      pipelineName: name,
      uri: run,
      outcome,
      errors,
    }),
  },
  'artifact published': {
    version: '0.3.0',
    subject: 'artifact',
    needs: ['artifact'],
    content: () => ({}),
  },
  'service deployed': deployment,
  'service upgraded': deployment,
  'service rolledback': deployment,
  'service removed': {
    version: '0.3.0',
    subject: 'service',
    needs: ['environment'],
    content: options => ({ environment: environment(options) }),
  },
  'environment created': {
    version: '0.3.0',
    subject: 'environment',
    needs: ['environment'],
    content: ({ name, uri }) => ({ name, uri }),
  },
  'environment deleted': {
    version: '0.3.0',
    subject: 'environment',
    needs: ['environment'],
    content: ({ name }) => ({ name }),
  },
  'incident detected': incident,
  'incident resolved': incident,
  'ticket created': {
    version: '0.2.0',
    needs: ['id', 'summary', 'creator', 'uri'],
    content: ({ summary, creator, uri }) => ({ summary, creator, uri }),
  },
  'ticket closed': {
    version: '0.2.0',
    needs: ['id', 'uri', 'resolution'],
    content: ({ uri, resolution, summary }) => ({ uri, resolution, summary }),
  },
  'repository created': {
    version: '0.3.0',
    subject: 'name',
    needs: ['name', 'uri'],
    content: ({ name, uri }) => ({ name, uri }),
  },
};

const OUTCOMES = ['success', 'failure', 'cancel', 'error'];

/** What GitHub and others call the end of a run, in the words of CDEvents. */
const OTHER_OUTCOMES = {
  cancelled: 'cancel',
  canceled: 'cancel',
  aborted: 'cancel',
  failed: 'failure',
  unstable: 'failure',
};

/**
 * The CloudEvent that says what the options say.
 *
 * @param now - where the options name no time
 */
export function createEvent(what, options, now) {
  const known = Object.hasOwn(EVENTS, what) ? EVENTS[what] : undefined;
  if (!known) {
    throw new EventError(
      what
        ? `${what} is none of the events that this command knows; see --help`
        : 'what happened? See --help',
    );
  }
  const { outcome } = options;
  const all = {
    ...options,
    outcome: OTHER_OUTCOMES[outcome?.toLowerCase()] ?? outcome?.toLowerCase(),
    // A name is better to read than a ref
    service: (options.entity || options.repository)?.split(/[:/]/).pop(),
  };
  const missing = known.needs.filter(name => !all[name]);
  if (missing.length > 0) {
    throw new EventError(
      `${what} needs ${missing
        .map(name =>
          name === 'run' ? 'a run that has an address' : `--${name}`,
        )
        .join(' and ')}`,
    );
  }
  if (all.outcome !== undefined && !OUTCOMES.includes(all.outcome)) {
    throw new EventError(
      `--outcome ${outcome} is none of ${OUTCOMES.join(', ')}`,
    );
  }
  const id = options.id || all[known.subject];
  if (!id) {
    throw new EventError(
      `${what} needs ${known.subject === 'service' ? '--entity' : '--id'}`,
    );
  }
  if (!options.source) {
    throw new EventError(
      'where does it come from? Set --source or WAYMARK_SOURCE, such as the address of the pipeline',
    );
  }

  const type = `dev.cdevents.${what.replace(' ', '.')}.${known.version}`;
  const subject = {
    id,
    content: withoutGaps(known.content(all)),
  };
  const customData = withoutGaps({
    revision: options.commit,
    url: options.page,
    ...options.data,
  });
  const context = withoutGaps({
    specversion: SPECVERSION,
    id: options.eventId || idOf({ ...options, type, subject, customData }),
    source: options.source,
    type,
    timestamp: options.at ?? now.toISOString(),
    chainId: options.chain,
  });
  return withoutGaps({
    specversion: '1.0',
    id: context.id,
    source: context.source,
    type,
    time: context.timestamp,
    subject: id,
    datacontenttype: 'application/json',
    entityref: options.entity,
    data: withoutGaps({
      context,
      subject,
      customData: Object.keys(customData).length > 0 ? customData : undefined,
    }),
  });
}

/**
 * The same for the same words in the same run, so that a step that runs again changes
 * nothing. Without a run nobody knows whether it is the same.
 */
function idOf(options) {
  const { run, entity, source, chain, type, subject, customData } = options;
  if (!run) {
    return randomUUID();
  }
  const words = [run, entity, source, chain, type, subject, customData];
  if (options.given) {
    words.push(options.given);
  }
  // A run that is started anew ends anew
  if (type.includes('.pipelinerun.')) {
    words.push(options.attempt);
  }
  return createHash('sha256')
    .update(JSON.stringify(words))
    .digest('hex')
    .slice(0, 32);
}

function withoutGaps(object) {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  );
}

// The pipeline ----------------------------------------------------------------

/** Where the run can be looked at, as the common pipelines say it. */
function runAddress(env) {
  // Gitea calls its variables as GitHub does, and its pages by another number
  const run = env.GITEA_ACTIONS ? env.GITHUB_RUN_NUMBER : env.GITHUB_RUN_ID;
  if (env.GITHUB_SERVER_URL && env.GITHUB_REPOSITORY && run) {
    return `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${run}`;
  }
  return env.CI_PIPELINE_URL || env.BUILD_URL || undefined;
}

function repositoryAddress(env) {
  if (env.GITHUB_SERVER_URL && env.GITHUB_REPOSITORY) {
    return `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}`;
  }
  // Some write a password into it
  return (
    env.CI_PROJECT_URL ||
    env.GIT_URL?.replace(/^(\w+:\/\/)[^/@]*@/, '$1').replace(/\.git$/, '') ||
    undefined
  );
}

// The portal ------------------------------------------------------------------

/** Asks again as long as that makes sense, a little later each time. */
async function ask(url, init, { what, retryMs, until }) {
  for (let attempt = 1; ; attempt += 1) {
    let problem;
    let delay = retryMs * 2 ** (attempt - 1);
    try {
      const response = await fetch(url, {
        ...init,
        // A credential is for one address
        redirect: 'manual',
        signal: AbortSignal.timeout(
          Math.max(1, Math.min(TIMEOUT_MS, until - Date.now())),
        ),
      });
      const text = await response.text();
      if (response.ok) {
        return parseAnswer(text, what);
      }
      problem = `${what} answers ${response.status}${messageIn(text)}`;
      if (response.status < 500 && ![408, 429].includes(response.status)) {
        throw new EventError(problem);
      }
      delay = Math.max(
        delay,
        1_000 * (Number(response.headers.get('retry-after')) || 0),
      );
    } catch (error) {
      if (error instanceof EventError) {
        throw error;
      }
      problem = `${what} does not answer: ${
        error.cause?.message || error.message
      }`;
    }
    delay = Math.min(delay, MAX_DELAY_MS);
    if (attempt === ATTEMPTS || Date.now() + delay > until) {
      throw new EventError(
        `${problem} (${attempt} attempt${attempt === 1 ? '' : 's'})`,
      );
    }
    await wait(delay);
  }
}

function parseAnswer(text, what) {
  try {
    return JSON.parse(text);
  } catch {
    throw new EventError(`${what} answers, but not as a portal does`);
  }
}

function messageIn(text) {
  try {
    const { message } = JSON.parse(text).error;
    return typeof message === 'string' ? `: ${message.slice(0, 1_000)}` : '';
  } catch {
    return '';
  }
}

async function credentialOf(env, url, options) {
  if (env.WAYMARK_TOKEN) {
    return env.WAYMARK_TOKEN;
  }
  if (env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN) {
    const address = new URL(env.ACTIONS_ID_TOKEN_REQUEST_URL);
    address.searchParams.set('audience', env.WAYMARK_AUDIENCE || url);
    const { value } = await ask(
      address,
      {
        headers: {
          authorization: `Bearer ${env.ACTIONS_ID_TOKEN_REQUEST_TOKEN}`,
        },
      },
      { ...options, what: 'GitHub, asked for the token of the run,' },
    );
    return value;
  }
  throw new EventError(
    'there is no credential: set WAYMARK_TOKEN, or let the job have "id-token: write" on GitHub',
  );
}

// The command -----------------------------------------------------------------

/**
 * @returns the exit code
 */
export async function main({
  argv = process.argv.slice(2),
  env = process.env,
  log = console.log,
  warn = console.error,
  now = new Date(),
  retryMs = 1_000,
} = {}) {
  try {
    await execute({ argv, env, log, now, retryMs });
    return 0;
  } catch (error) {
    const message = error.message.replaceAll(/\p{Cc}+/gu, ' ');
    warn(`report-event: warning: ${message}`);
    return argv.includes('--strict') ? 1 : 0;
  }
}

const TEXTS = [
  'entity',
  'id',
  'environment',
  'artifact',
  'commit',
  'repository',
  'page',
  'at',
  'chain',
  'name',
  'uri',
  'errors',
  'description',
  'summary',
  'creator',
  'resolution',
  'outcome',
  'url',
  'source',
  'event-id',
];

async function execute({ argv, env, log, now, retryMs }) {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(TEXTS.map(name => [name, { type: 'string' }])),
      data: { type: 'string', multiple: true },
      'dry-run': { type: 'boolean' },
      strict: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    log(USAGE);
    return;
  }
  if (values.at !== undefined && Number.isNaN(Date.parse(values.at))) {
    throw new EventError(`--at ${values.at} is no time`);
  }
  const run = runAddress(env);
  const url = (values.url || env.WAYMARK_URL || '').replace(/\/+$/, '');
  const at = values.at && new Date(values.at).toISOString();
  const event = createEvent(
    positionals.join(' '),
    {
      ...values,
      run,
      at,
      given: at,
      attempt: env.GITHUB_RUN_ATTEMPT,
      entity: values.entity || env.WAYMARK_ENTITY,
      source: values.source || env.WAYMARK_SOURCE || run,
      chain: values.chain || env.WAYMARK_CHAIN,
      eventId: values['event-id'] || env.WAYMARK_EVENT_ID,
      commit:
        values.commit || env.GITHUB_SHA || env.CI_COMMIT_SHA || env.GIT_COMMIT,
      repository: values.repository || repositoryAddress(env),
      data: readData(values.data ?? []),
    },
    now,
  );
  log(`report-event: ${event.type} of ${event.subject}, from ${event.source}`);
  if (values['dry-run']) {
    log(JSON.stringify(event, undefined, 2));
    return;
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new EventError(
      url
        ? `${url} is no address of a portal`
        : 'nothing is sent: WAYMARK_URL does not say where the portal is',
    );
  }

  const patience = { retryMs, until: Date.now() + LIMIT_MS };
  const token = await credentialOf(env, url, patience);
  const answer = await ask(
    `${url}/api/golden-paths/events`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/cloudevents+json',
      },
      body: JSON.stringify(event),
    },
    { ...patience, what: url },
  );
  if (answer?.id !== event.id) {
    throw new EventError(`${url} answers, but not as a portal does`);
  }
  const what = answer.duplicate ? 'had it already' : 'took it';
  log(`report-event: ${url} ${what} (${event.id})`);
}

function readData(pairs) {
  return Object.fromEntries(
    pairs.map(pair => {
      const [, name, text] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
      if (!name) {
        throw new EventError(`--data ${pair} is not <name>=<text>`);
      }
      return [name, text];
    }),
  );
}

if (
  process.argv[1] &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  process.exitCode = await main();
}
