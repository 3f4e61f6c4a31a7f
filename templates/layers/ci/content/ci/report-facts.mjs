#!/usr/bin/env node
// Tells a Waymark portal what the reports of a pipeline say: line coverage from
// LCOV or Cobertura, vulnerabilities from Trivy (JSON) or SARIF. One file without
// dependencies for Node.js 18 or newer, made to be copied into a repository.
// SPDX-License-Identifier: Apache-2.0

import { readFileSync, realpathSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const USAGE = `Usage: report-facts [options] <report> …

Reports are told by what is in them: LCOV, Cobertura (XML), Trivy (JSON), SARIF.

  --entity <ref>        whom they are about, such as component:default/orders-api
                        (WAYMARK_ENTITY)
  --url <address>       of the portal (WAYMARK_URL)
  --source <address>    of the run (WAYMARK_SOURCE; known by itself on GitHub,
                        Gitea, GitLab and Jenkins)
  --scanned <name>      the image or path that was scanned, if the report does not say
  --observed-at <time>  in place of what the reports and their files say
  --dry-run             say what would be sent, and send nothing
  --strict              exit with 1 when anything goes wrong
  --help

The credential is WAYMARK_TOKEN, or on GitHub Actions with "id-token: write" the
token of the run itself, for the audience WAYMARK_AUDIENCE (default: WAYMARK_URL).
Without --strict the exit code is 0 whatever happens.`;

const MAX_BYTES = 100_000_000;
const ATTEMPTS = 4;
const TIMEOUT_MS = 20_000;
const MAX_DELAY_MS = 30_000;
const SEVERITIES = ['low', 'medium', 'high', 'critical'];

/** Something to tell people, in words. */
class ReportError extends Error {}

// Reports ---------------------------------------------------------------------

/**
 * Line coverage of an LCOV file. A line that several tests report counts once.
 */
export function readLcov(text) {
  const files = new Map();
  let file;
  for (const line of text.split('\n')) {
    const [, key, value] = /^([A-Z]+):(.*?)\r?$/.exec(line) ?? [];
    if (key === 'SF') {
      file = files.get(value) ?? { lines: new Map(), found: 0, hit: 0 };
      files.set(value, file);
    } else if (/^end_of_record\r?$/.test(line)) {
      file = undefined;
    } else if (file && key === 'DA') {
      const [number, hits] = value.split(',').map(Number);
      file.lines.set(number, Math.max(file.lines.get(number) ?? 0, hits || 0));
    } else if (file && key === 'LF') {
      file.found = Number(value);
    } else if (file && key === 'LH') {
      file.hit = Number(value);
    }
  }
  if (file) {
    throw new ReportError('it ends in the middle of a record');
  }
  let found = 0;
  let hit = 0;
  for (const { lines, ...summary } of files.values()) {
    found += lines.size || summary.found;
    hit += lines.size
      ? [...lines.values()].filter(hits => hits > 0).length
      : summary.hit;
  }
  return coverageFacts(hit, found);
}

/** Line coverage of a Cobertura file, from what its root element says. */
export function readCobertura(text) {
  const head = text.slice(0, 100_000).replace(/<!--[\s\S]*?-->/g, '');
  const element = /<coverage(\s[^>]*)?>/.exec(head);
  if (!element) {
    throw new ReportError('it has no element <coverage>');
  }
  const root = element[1] ?? '';
  if (!root.endsWith('/') && !/<\/coverage>\s*$/.test(text.slice(-1_000))) {
    throw new ReportError('it ends in the middle');
  }
  const attribute = name =>
    Number(new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(root)?.[1]);
  const valid = attribute('lines-valid');
  const covered = attribute('lines-covered');
  if (Number.isFinite(valid) && Number.isFinite(covered)) {
    return coverageFacts(covered, valid);
  }
  return coverageFacts(attribute('line-rate'), 1);
}

function coverageFacts(hit, found) {
  if (found === 0) {
    throw new ReportError('it has no lines');
  }
  const percent = (100 * hit) / found;
  if (!(percent >= 0 && percent <= 100)) {
    throw new ReportError(
      Number.isNaN(percent)
        ? 'it does not say how many lines are covered'
        : `it says that ${hit} of ${found} lines are covered`,
    );
  }
  // Down, or 79.999 would be 80
  return { 'coverage.percent': Math.floor(percent * 100) / 100 };
}

/** Vulnerabilities of a report by `trivy --format json`. */
export function readTrivy(report) {
  const results = listOf(report.Results, 'Results');
  const packages = results.filter(({ Class, Vulnerabilities }) =>
    Class ? /^(os|lang)-pkgs$/.test(Class) : Vulnerabilities,
  );
  if (results.length > 0 && packages.length === 0) {
    throw new ReportError('it says nothing of packages: scan with "vuln"');
  }
  const found = packages.flatMap(({ Vulnerabilities }) =>
    listOf(Vulnerabilities, 'Vulnerabilities').map(
      ({ VulnerabilityID, Severity }) => ({
        id: VulnerabilityID,
        severity: String(Severity).toLowerCase(),
      }),
    ),
  );
  return vulnerabilityFacts(found, report.ArtifactName, report.CreatedAt);
}

/**
 * Vulnerabilities of a SARIF report. How grave one is says `security-severity`
 * of its rule, a CVSS score; results of other rules are no vulnerabilities.
 */
export function readSarif(report) {
  const runs = listOf(report.runs, 'runs');
  if (runs.length === 0) {
    throw new ReportError('it has no runs');
  }
  let others = 0;
  const found = runs.flatMap(run =>
    listOf(run.results, 'results')
      .filter(
        ({ kind = 'fail', suppressions }) =>
          kind === 'fail' &&
          !suppressions?.some(
            ({ status }) => (status ?? 'accepted') === 'accepted',
          ),
      )
      .flatMap(result => {
        const rule = ruleOf(run, result);
        const score = Number.parseFloat(
          result.properties?.['security-severity'] ??
            rule?.properties?.['security-severity'],
        );
        if (Number.isNaN(score)) {
          others += 1;
          return [];
        }
        return [
          {
            id: result.ruleId ?? result.rule?.id ?? rule?.id,
            severity: severityOf(score),
          },
        ];
      }),
  );
  if (others > 0 && found.length === 0) {
    throw new ReportError(
      'none of its rules has a security-severity: is it a scan for vulnerabilities?',
    );
  }
  return vulnerabilityFacts(
    found,
    runs[0].properties?.imageName ?? runs[0].properties?.scanned,
    runs[0].invocations?.[0]?.endTimeUtc,
  );
}

function ruleOf(run, { ruleIndex, ruleId, rule }) {
  const component =
    run.tool?.extensions?.[rule?.toolComponent?.index] ?? run.tool?.driver;
  const rules = listOf(component?.rules, 'rules');
  const id = ruleId ?? rule?.id;
  return (
    rules[ruleIndex ?? rule?.index] ?? rules.find(other => other.id === id)
  );
}

/** The ranges of CVSS 3; 0 is none of them. */
function severityOf(score) {
  return SEVERITIES[
    [0, 4, 7, 9].filter(least => score > 0 && score >= least).length - 1
  ];
}

function vulnerabilityFacts(found, scanned, at) {
  // One that is in several packages counts once, as the worst of them
  const worst = new Map();
  for (const { id, severity } of found) {
    const rank = SEVERITIES.indexOf(severity);
    worst.set(id, Math.max(rank, worst.get(id) ?? -1));
  }
  const count = severity =>
    [...worst.values()].filter(rank => SEVERITIES[rank] === severity).length;
  return {
    'vulnerabilities.critical': count('critical'),
    'vulnerabilities.high': count('high'),
    'vulnerabilities.medium': count('medium'),
    'vulnerabilities.low': count('low'),
    'vulnerabilities.scanned':
      typeof scanned === 'string' ? scanned : undefined,
    at,
  };
}

function listOf(value, name) {
  if (value === undefined || value === null) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw new ReportError(`${name} is no list`);
  }
  return value;
}

/** Reads a report of any kind that is known here. */
export function readReport(text) {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (start === '') {
    throw new ReportError('it is empty');
  }
  if (start.startsWith('<')) {
    return readCobertura(start);
  }
  if (!start.startsWith('{')) {
    if (/^(TN|SF):/m.test(start)) {
      return readLcov(start);
    }
    throw new ReportError('it is neither LCOV, Cobertura, Trivy nor SARIF');
  }
  let report;
  try {
    report = JSON.parse(start);
  } catch (error) {
    throw new ReportError(`it is no JSON: ${error.message}`);
  }
  if (report.runs !== undefined) {
    return readSarif(report);
  }
  if (report.ArtifactName !== undefined || report.Results !== undefined) {
    return readTrivy(report);
  }
  throw new ReportError('it is JSON, but neither of Trivy nor SARIF');
}

/** The facts of a file, each with the time at which it was so. */
function factsOfFile(path, { scanned, observedAt }) {
  const { mtime, size } = statSync(path);
  if (size > MAX_BYTES) {
    throw new ReportError(
      `it has ${Math.round(size / 1e6)} MB, and at most ${Math.round(
        MAX_BYTES / 1e6,
      )} are read`,
    );
  }
  const { at, ...facts } = readReport(readFileSync(path, 'utf8'));
  if ('vulnerabilities.scanned' in facts) {
    facts['vulnerabilities.scanned'] ??= scanned;
  }
  const said = Date.parse(at);
  const time =
    observedAt ?? (said <= Date.now() ? new Date(said) : mtime).toISOString();
  return Object.entries(facts)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => ({ name, value, observedAt: time }));
}

// The portal ------------------------------------------------------------------

/** Where the run can be looked at, as the common pipelines say it. */
function runAddress(env) {
  // Gitea calls its variables as GitHub does, and its pages by another number
  const run = env.GITEA_ACTIONS ? env.GITHUB_RUN_NUMBER : env.GITHUB_RUN_ID;
  if (env.GITHUB_SERVER_URL && env.GITHUB_REPOSITORY && run) {
    return `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${run}`;
  }
  return env.CI_PIPELINE_URL || env.BUILD_URL || undefined;
}

/** Asks again as long as that makes sense, a little later each time. */
async function ask(url, init, { what, retryMs }) {
  for (let attempt = 1; ; attempt += 1) {
    let problem;
    let delay = retryMs * 2 ** (attempt - 1);
    try {
      const response = await fetch(url, {
        ...init,
        // A credential is for one address
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      if (response.ok) {
        return parseAnswer(text, what);
      }
      problem = `${what} answers ${response.status}${messageIn(text)}`;
      if (response.status < 500 && ![408, 429].includes(response.status)) {
        throw new ReportError(problem);
      }
      delay = Math.max(
        delay,
        1_000 * (Number(response.headers.get('retry-after')) || 0),
      );
    } catch (error) {
      if (error instanceof ReportError) {
        throw error;
      }
      problem = `${what} does not answer: ${
        error.cause?.message || error.message
      }`;
    }
    if (attempt === ATTEMPTS) {
      throw new ReportError(`${problem} (${ATTEMPTS} attempts)`);
    }
    await wait(Math.min(delay, MAX_DELAY_MS));
  }
}

function parseAnswer(text, what) {
  try {
    return JSON.parse(text);
  } catch {
    throw new ReportError(`${what} answers, but not as a portal does`);
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
  throw new ReportError(
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
  retryMs = 1_000,
} = {}) {
  const strict = argv.includes('--strict');
  let problems = 0;
  const report = message => {
    problems += 1;
    warn(`report-facts: warning: ${message.replaceAll(/\p{Cc}+/gu, ' ')}`);
  };
  try {
    await execute({ argv, env, log, report, retryMs });
  } catch (error) {
    report(error.message);
  }
  return strict && problems > 0 ? 1 : 0;
}

async function execute({ argv, env, log, report, retryMs }) {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      entity: { type: 'string' },
      url: { type: 'string' },
      source: { type: 'string' },
      scanned: { type: 'string' },
      'observed-at': { type: 'string' },
      'dry-run': { type: 'boolean' },
      strict: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    log(USAGE);
    return;
  }
  const entityRef = values.entity || env.WAYMARK_ENTITY;
  const url = (values.url || env.WAYMARK_URL || '').replace(/\/+$/, '');
  const source = values.source || env.WAYMARK_SOURCE || runAddress(env);
  const time = values['observed-at'];
  if (time !== undefined && Number.isNaN(Date.parse(time))) {
    throw new ReportError(`--observed-at ${time} is no time`);
  }
  if (!entityRef) {
    throw new ReportError(
      'whom is it about? Set --entity or WAYMARK_ENTITY, such as component:default/orders-api',
    );
  }
  if (positionals.length === 0) {
    throw new ReportError('there is no report to read; see --help');
  }

  const byName = new Map();
  for (const path of positionals) {
    try {
      const found = factsOfFile(path, {
        scanned: values.scanned,
        observedAt: time && new Date(time).toISOString(),
      });
      for (const fact of found) {
        if (byName.has(fact.name)) {
          report(`${path}: another report has said ${fact.name} already`);
        } else {
          byName.set(fact.name, fact);
        }
      }
    } catch (error) {
      report(
        `${path} is left out: ${
          error.code === 'ENOENT' ? 'it is not there' : error.message
        }`,
      );
    }
  }
  const facts = [...byName.values()];
  if (facts.length === 0) {
    return;
  }
  log(`report-facts: ${entityRef}, from ${source ?? 'a run without address'}`);
  for (const { name, value, observedAt } of facts) {
    log(`  ${name} = ${JSON.stringify(value)} (${observedAt})`);
  }
  if (values['dry-run']) {
    return;
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new ReportError(
      url
        ? `${url} is no address of a portal`
        : 'nothing is sent: WAYMARK_URL does not say where the portal is',
    );
  }

  const token = await credentialOf(env, url, { retryMs });
  const { items } = await ask(
    `${url}/api/scorecards/facts`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        facts: facts.map(fact => ({ entityRef, ...fact, source })),
      }),
    },
    { what: url, retryMs },
  );
  if (items?.length !== facts.length) {
    throw new ReportError(`${url} answers, but not as a portal does`);
  }
  for (const [index, { status, error }] of items.entries()) {
    if (status === 'rejected') {
      report(`${facts[index].name} was rejected: ${error.message}`);
    }
  }
  const taken = items.filter(({ status }) => status !== 'rejected').length;
  log(`report-facts: ${url} took ${taken} of ${facts.length} facts`);
}

if (
  process.argv[1] &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  process.exitCode = await main();
}
