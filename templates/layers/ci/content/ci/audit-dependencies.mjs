#!/usr/bin/env node
// Asks OSV (https://osv.dev) which known vulnerabilities the dependencies in the lock
// files of a repository have, and writes what it says as SARIF. One file without
// dependencies for Node.js 18.17 or newer, made to be copied into a repository.
// SPDX-License-Identifier: Apache-2.0

import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const USAGE = `Usage: audit-dependencies [options] [folder]

Reads package-lock.json (without what is for development only), requirements.txt,
and go.mod with .go-version, as far as they are there.

  --output <file>      default: reports/dependencies.sarif
  --url <address>      of a server that speaks as https://api.osv.dev, the default,
                       does (OSV_URL)
  --timeout <seconds>  for everything together; default: 20
  --fail-on <severity> exit with 1 when there is one that is low, medium, high or
                       critical, or worse, and has a fix
  --strict             exit with 1 when the question could not be asked
  --help

When OSV cannot be asked, that is said and no report is written: nothing is known
then. Where severity is not known either, it counts as high.`;

const MAX_BYTES = 50_000_000;
const MAX_QUERIES = 1_000;
const MAX_PAGES = 20;
const AT_ONCE = 8;
const ATTEMPTS = 4;
const SEVERITIES = ['low', 'medium', 'high', 'critical'];

/** The lowest CVSS score of each severity, by the ranges of CVSS 3.1, section 5. */
const FLOORS = { low: 0.1, medium: 4, high: 7, critical: 9 };

/** Something to tell people, in words. */
class AuditError extends Error {}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list that others have written. */
function listOf(value) {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function listOfIds(value) {
  return Array.isArray(value) ? value.filter(isId) : [];
}

/** Ids are printed, so they are nothing but ids. */
function isId(value) {
  return typeof value === 'string' && /^[\w.:~-]{1,100}$/.test(value);
}

function counted(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}

// Lock files --------------------------------------------------------------------

/**
 * Packages of a package-lock.json that are installed with `npm ci --omit=dev`, and come
 * from a registry.
 */
export function readPackageLock(text) {
  const { lockfileVersion, packages } = JSON.parse(text);
  if (!isObject(packages)) {
    throw new AuditError(
      `it has lockfileVersion ${lockfileVersion}; run npm 7 or newer once`,
    );
  }
  return Object.entries(packages)
    .filter(
      ([path, { dev, link, resolved = '', version }]) =>
        path.includes('node_modules/') &&
        !dev &&
        !link &&
        version &&
        !/^(git|file)[+:]/.test(resolved),
    )
    .map(([path, { name, version }]) => ({
      ecosystem: 'npm',
      name: name ?? path.slice(path.lastIndexOf('node_modules/') + 13),
      version,
    }));
}

/** Packages of a requirements.txt that names versions, as pip-compile writes it. */
export function readRequirements(text, { warn }) {
  const lines = text
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map(line => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(Boolean);
  return lines.flatMap(line => {
    const [, name, version] =
      /^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*===?\s*([^\s;,*]+)\s*(?:;.*|--.*)?$/.exec(
        line,
      ) ?? [];
    if (name) {
      // One package has many spellings: PEP 503
      const normal = name.toLowerCase().replaceAll(/[-_.]+/g, '-');
      return [{ ecosystem: 'PyPI', name: normal, version }];
    }
    if (!/^--?(hash|i|index-url|extra-index-url|require-hashes)\b/.test(line)) {
      warn(`${line} names no version, and is left out`);
    }
    return [];
  });
}

/**
 * Modules of a go.mod, which since Go 1.17 names the indirect ones, too, and the
 * standard library in the version that .go-version or the toolchain line names.
 */
export function readGoMod(text, { goVersion }) {
  const lines = text
    .split(/\r?\n/)
    .map(line => line.replace(/\/\/.*$/, '').trim());
  const inBlock = { require: [], replace: [] };
  let block;
  let toolchain = goVersion?.trim().replace(/^go/, '');
  for (const line of lines) {
    const [, word, rest] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (line === ')') {
      block = undefined;
    } else if (block) {
      inBlock[block]?.push(line);
    } else if (rest === '(') {
      block = word;
    } else if (word === 'toolchain' && !toolchain) {
      toolchain = rest.replace(/^go/, '');
    } else {
      inBlock[word]?.push(rest);
    }
  }
  const replaced = inBlock.replace.map(line => {
    const [from, to = ''] = line.split('=>').map(side => side.trim());
    return { from: from.split(/\s+/), to: to.split(/\s+/) };
  });
  const modules = inBlock.require
    .filter(Boolean)
    .map(line => line.replaceAll('"', '').split(/\s+/))
    .flatMap(([path, version]) => {
      const other = replaced.find(
        ({ from }) => from[0] === path && (!from[1] || from[1] === version),
      )?.to;
      // A folder has no version
      return other?.length === 1 ? [] : [other ?? [path, version]];
    })
    .map(([name, version = '']) => ({
      ecosystem: 'Go',
      name,
      version: version.replace(/^v/, ''),
    }));
  return /^\d+\.\d+/.test(toolchain ?? '')
    ? [{ ecosystem: 'Go', name: 'stdlib', version: toolchain }, ...modules]
    : modules;
}

/** Each package of each lock file in a folder, once. */
function readFolder(folder, { warn }) {
  const read = name => readFileSync(join(folder, name), 'utf8');
  const readers = {
    'package-lock.json': readPackageLock,
    'requirements.txt': readRequirements,
    'go.mod': readGoMod,
  };
  const found = [];
  for (const [file, reader] of Object.entries(readers)) {
    if (!existsSync(join(folder, file))) {
      continue;
    }
    try {
      const packages = reader(read(file), {
        warn: message => warn(`${file}: ${message}`),
        goVersion: existsSync(join(folder, '.go-version'))
          ? read('.go-version')
          : undefined,
      });
      const unique = new Map(packages.map(each => [keyOf(each), each]));
      found.push({ file, packages: [...unique.values()] });
    } catch (error) {
      throw new AuditError(`${file} cannot be read: ${error.message}`);
    }
  }
  return found;
}

function keyOf({ ecosystem, name, version }) {
  return `${ecosystem} ${name} ${version}`;
}

// OSV ---------------------------------------------------------------------------

/** One conversation with OSV, with one deadline for all of it. */
class Osv {
  #url;
  #signal;
  #retryMs;

  constructor({ url, signal, retryMs }) {
    this.#url = url;
    this.#signal = signal;
    this.#retryMs = retryMs;
  }

  /** The ids of the advisories of each package, in the order of the packages. */
  async idsOf(packages) {
    const ids = packages.map(() => new Set());
    let asking = packages.map((each, index) => ({ each, index }));
    for (let page = 1; asking.length > 0; page += 1) {
      if (page > MAX_PAGES) {
        throw new AuditError(`${this.#url} has no end of pages`);
      }
      const further = [];
      for (let start = 0; start < asking.length; start += MAX_QUERIES) {
        const batch = asking.slice(start, start + MAX_QUERIES);
        const { results } = await this.#ask('/v1/querybatch', {
          queries: batch.map(({ each, token }) => ({
            package: { ecosystem: each.ecosystem, name: each.name },
            version: each.version,
            page_token: token,
          })),
        });
        if (!Array.isArray(results) || results.length !== batch.length) {
          throw this.#notOsv();
        }
        for (const [position, result] of results.entries()) {
          const { each, index } = batch[position];
          for (const { id } of this.#listOf(result?.vulns)) {
            if (!isId(id)) {
              throw this.#notOsv();
            }
            ids[index].add(id);
          }
          if (result?.next_page_token) {
            further.push({ each, index, token: result.next_page_token });
          }
        }
      }
      asking = further;
    }
    return ids.map(set => [...set]);
  }

  /** The advisories of these ids; those that are not there are left out. */
  async advisories(ids) {
    const waiting = [...ids];
    const found = new Map();
    const work = async () => {
      for (let id = waiting.pop(); id; id = waiting.pop()) {
        const advisory = await this.#ask(
          `/v1/vulns/${encodeURIComponent(id)}`,
          undefined,
          { absent: true },
        );
        if (advisory) {
          if (advisory.id !== id) {
            throw this.#notOsv();
          }
          found.set(id, advisory);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return found;
  }

  /** Asks again as long as that makes sense, a little later each time. */
  async #ask(path, body, { absent = false } = {}) {
    for (let attempt = 1; ; attempt += 1) {
      let problem;
      let delay = this.#retryMs * 2 ** (attempt - 1);
      try {
        const response = await fetch(`${this.#url}${path}`, {
          ...(body && { method: 'POST', body: JSON.stringify(body) }),
          headers: { 'content-type': 'application/json' },
          signal: this.#signal,
        });
        if (absent && response.status === 404) {
          await response.body?.cancel();
          return undefined;
        }
        if (response.ok) {
          return this.#parse(await this.#textOf(response));
        }
        await response.body?.cancel();
        problem = `answers ${response.status}`;
        if (response.status < 500 && ![408, 429].includes(response.status)) {
          throw new AuditError(`${this.#url} ${problem}`);
        }
        delay = Math.max(
          delay,
          1_000 * (Number(response.headers.get('retry-after')) || 0),
        );
      } catch (error) {
        if (error instanceof AuditError) {
          throw error;
        }
        problem = `does not answer: ${error.cause?.message || error.message}`;
      }
      if (this.#signal.aborted) {
        throw new AuditError(`${this.#url} was too slow`);
      }
      if (attempt === ATTEMPTS) {
        throw new AuditError(`${this.#url} ${problem} (${ATTEMPTS} attempts)`);
      }
      await wait(delay, undefined, { signal: this.#signal }).catch(() => {
        throw new AuditError(`${this.#url} was too slow; it ${problem}`);
      });
    }
  }

  async #textOf(response) {
    const chunks = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > MAX_BYTES) {
        throw new AuditError(
          `${this.#url} answers with more than ${MAX_BYTES / 1e6} MB`,
        );
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  #parse(text) {
    let value;
    try {
      value = JSON.parse(text);
    } catch {
      throw this.#notOsv();
    }
    if (!isObject(value)) {
      throw this.#notOsv();
    }
    return value;
  }

  #listOf(value) {
    if (value === undefined || value === null) {
      return [];
    }
    if (!Array.isArray(value) || !value.every(isObject)) {
      throw this.#notOsv();
    }
    return value;
  }

  #notOsv() {
    return new AuditError(`${this.#url} answers, but not as OSV does`);
  }
}

// Advisories --------------------------------------------------------------------

/** Weights of the metrics: CVSS 3.1, section 7.4. */
const WEIGHTS = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
};

const PRIVILEGES = {
  U: { N: 0.85, L: 0.62, H: 0.27 },
  C: { N: 0.85, L: 0.68, H: 0.5 },
};

/**
 * The base score of a vector such as `CVSS:3.1/AV:N/…`, after the formula of CVSS 3.1,
 * section 7.1 (https://www.first.org/cvss/v3.1/specification-document).
 *
 * @returns undefined for a vector of another version, or one that is not whole
 */
export function baseScore(vector) {
  if (!/^CVSS:3\.[01]\//.test(vector)) {
    return undefined;
  }
  const metrics = Object.fromEntries(
    vector
      .split('/')
      .slice(1)
      .map(part => part.split(':')),
  );
  const weight = name => WEIGHTS[name][metrics[name]];
  const privileges = PRIVILEGES[metrics.S]?.[metrics.PR];
  const missing = 1 - (1 - weight('C')) * (1 - weight('I')) * (1 - weight('A'));
  const changed = metrics.S === 'C';
  const impact = changed
    ? 7.52 * (missing - 0.029) - 3.25 * (missing - 0.02) ** 15
    : 6.42 * missing;
  const exploitability =
    8.22 * weight('AV') * weight('AC') * privileges * weight('UI');
  const sum = (changed ? 1.08 : 1) * (impact + exploitability);
  if (Number.isNaN(sum) || sum === undefined) {
    return undefined;
  }
  return impact <= 0 ? 0 : roundUp(Math.min(sum, 10));
}

/** Up to one decimal, without what floating point adds: CVSS 3.1, appendix A. */
function roundUp(value) {
  const whole = Math.round(value * 100_000);
  return whole % 10_000 === 0
    ? whole / 100_000
    : (Math.floor(whole / 10_000) + 1) / 10;
}

/**
 * How grave an advisory is: what the database says, else by its CVSS 3 vector.
 *
 * @returns undefined when neither is there
 */
export function gravityOf(advisory) {
  const affected = listOf(advisory.affected);
  const scores = [advisory, ...affected]
    .flatMap(({ severity }) => listOf(severity))
    .map(({ score }) =>
      typeof score === 'string' ? baseScore(score) : undefined,
    )
    .filter(score => score !== undefined);
  const score = scores.length > 0 ? Math.max(...scores) : undefined;
  const said = [advisory, ...affected]
    .map(({ database_specific: specific }) => specific?.severity)
    .find(severity => typeof severity === 'string')
    ?.toLowerCase()
    .replace('moderate', 'medium');
  if (SEVERITIES.includes(said)) {
    return {
      severity: said,
      score: severityOf(score) === said ? score : FLOORS[said],
    };
  }
  return score === undefined
    ? undefined
    : { severity: severityOf(score), score };
}

/** `none` for 0. */
function severityOf(score) {
  return (
    [...SEVERITIES].reverse().find(severity => score >= FLOORS[severity]) ??
    'none'
  );
}

/** The first version after the one in use in which an advisory no longer holds. */
export function fixOf(advisory, { ecosystem, name, version }) {
  const fixed = listOf(advisory.affected)
    .filter(
      ({ package: of }) =>
        of?.ecosystem === ecosystem &&
        normalName(of.name, ecosystem) === normalName(name, ecosystem),
    )
    .flatMap(({ ranges }) => listOf(ranges))
    .filter(({ type }) => type !== 'GIT')
    .flatMap(({ events }) => listOf(events))
    .map(event => event.fixed)
    .filter(other => typeof other === 'string')
    .filter(other => compareVersions(other, version) > 0)
    .sort(compareVersions);
  return fixed[0];
}

function normalName(name, ecosystem) {
  return ecosystem === 'PyPI'
    ? String(name)
        .toLowerCase()
        .replaceAll(/[-_.]+/g, '-')
    : name;
}

/** As far as it takes to tell which of two releases is the later one. */
function compareVersions(a, b) {
  const [left, right] = [a, b].map(version =>
    version.replace(/^v/, '').split(/[.+-]/),
  );
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const [x, y] = [left[i] ?? '0', right[i] ?? '0'];
    const difference = Number(x) - Number(y);
    if (Number.isNaN(difference) ? x !== y : difference !== 0) {
      return Number.isNaN(difference) ? (x < y ? -1 : 1) : difference;
    }
  }
  return 0;
}

/** Advisories that are one vulnerability, as they name each other. */
function groupByAlias(advisories) {
  const groupOf = new Map();
  for (const advisory of advisories) {
    const names = [advisory.id, ...listOfIds(advisory.aliases)];
    const known = [
      ...new Set(names.map(name => groupOf.get(name)).filter(Boolean)),
    ];
    const group = {
      names: new Set([
        ...names,
        ...known.flatMap(({ names: more }) => [...more]),
      ]),
      advisories: [advisory, ...known.flatMap(({ advisories: more }) => more)],
    };
    for (const name of group.names) {
      groupOf.set(name, group);
    }
  }
  return groupOf;
}

/** By what a vulnerability is known: its CVE, else the id of a database. */
function nameOf({ names }) {
  const sorted = [...names].sort();
  return (
    ['CVE-', 'GHSA-']
      .map(prefix => sorted.find(name => name.startsWith(prefix)))
      .find(Boolean) ?? sorted[0]
  );
}

/**
 * What is known of these packages.
 *
 * @returns one entry for each vulnerability of each package
 */
async function findVulnerabilities(packages, osv) {
  const ids = await osv.idsOf(packages);
  const advisories = await osv.advisories(new Set(ids.flat()));
  for (const id of ids.flat().filter(each => !advisories.has(each))) {
    // Listed, and gone or not told: nothing is known of how grave it is
    advisories.set(id, { id });
  }
  const valid = [...advisories.values()].filter(({ withdrawn }) => !withdrawn);
  const groupOf = groupByAlias(valid);

  // Databases that do not say how grave it is name others that may
  const unknown = new Set(
    [...new Set(groupOf.values())].filter(
      group => !group.advisories.some(gravityOf),
    ),
  );
  const aliases = [...unknown].flatMap(({ names }) =>
    [...names].filter(
      name => /^(CVE|GHSA)-/.test(name) && !advisories.has(name),
    ),
  );
  const others = await osv.advisories(new Set(aliases));
  for (const [id, advisory] of others) {
    if (!advisory.withdrawn) {
      groupOf.get(id).advisories.push(advisory);
    }
  }

  return packages.flatMap((each, index) =>
    [...new Set(ids[index].map(id => groupOf.get(id)).filter(Boolean))].map(
      group => describe(each, group),
    ),
  );
}

function describe(each, group) {
  const gravities = group.advisories
    .map(gravityOf)
    .filter(Boolean)
    .sort((a, b) => b.score - a.score);
  return {
    ...each,
    id: nameOf(group),
    names: [...group.names].sort(),
    summary: group.advisories
      .map(({ summary }) => summary)
      .find(summary => typeof summary === 'string'),
    fixed: group.advisories
      .map(advisory => fixOf(advisory, each))
      .find(Boolean),
    isRated: gravities.length > 0,
    ...(gravities[0] ?? { severity: 'high', score: FLOORS.high }),
  };
}

// The report --------------------------------------------------------------------

function messageOf({ fixed, isRated, name, severity, summary, version }) {
  const what = clean(summary ?? 'a known vulnerability');
  const gravity = isRated ? severity : 'severity not known, taken for high';
  const fix = fixed
    ? `Fixed in ${clean(fixed)}.`
    : 'No version with a fix is known.';
  return `${clean(`${name} ${version}`)}: ${what}; ${gravity}. ${fix}`;
}

/** Text of others is one line, and no code for a terminal. */
function clean(text) {
  return text
    .replaceAll(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, 300);
}

const LEVELS = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  none: 'note',
};

/** SARIF 2.1.0, with the score of each rule where tools look for it. */
function toSarif(found, { scanned, url, at }) {
  const rules = new Map();
  const results = [];
  for (const { file, vulnerabilities } of found) {
    for (const each of vulnerabilities) {
      const rule = rules.get(each.id);
      if (!rule || rule.score < each.score) {
        rules.set(each.id, { ...each, index: rule?.index ?? rules.size });
      }
      results.push({
        ruleId: each.id,
        ruleIndex: rules.get(each.id).index,
        level: LEVELS[each.severity],
        message: { text: messageOf(each) },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: file },
              region: { startLine: 1 },
            },
          },
        ],
        properties: {
          package: each.name,
          version: each.version,
          ecosystem: each.ecosystem,
          ...(each.fixed && { fixedVersion: clean(each.fixed) }),
        },
      });
    }
  }
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'audit-dependencies',
            informationUri: 'https://osv.dev',
            rules: [...rules.values()].map(each => ({
              id: each.id,
              shortDescription: {
                text: clean(each.summary ?? 'A known vulnerability'),
              },
              helpUri: `https://osv.dev/vulnerability/${encodeURIComponent(
                each.id,
              )}`,
              properties: {
                'security-severity': each.score.toFixed(1),
                aliases: each.names.filter(name => name !== each.id),
                tags: ['vulnerability', 'security'],
              },
            })),
          },
        },
        results,
        invocations: [{ executionSuccessful: true, endTimeUtc: at }],
        properties: { scanned, source: url },
      },
    ],
  };
}

// The command -------------------------------------------------------------------

/**
 * @returns the exit code
 */
export async function main({
  argv = process.argv.slice(2),
  env = process.env,
  log = console.log,
  warn = console.error,
  retryMs = 500,
} = {}) {
  const say = message =>
    warn(`audit-dependencies: ${message.replaceAll(/\p{Cc}+/gu, ' ')}`);
  try {
    return await execute({ argv, env, log, warn: say, retryMs });
  } catch (error) {
    say(`nothing is known: ${error.message}`);
    return argv.includes('--strict') ? 1 : 0;
  }
}

async function execute({ argv, env, log, warn, retryMs }) {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      output: { type: 'string', default: 'reports/dependencies.sarif' },
      url: { type: 'string' },
      timeout: { type: 'string', default: '20' },
      'fail-on': { type: 'string' },
      strict: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    log(USAGE);
    return 0;
  }
  const folder = positionals[0] ?? '.';
  const url = (values.url || env.OSV_URL || 'https://api.osv.dev').replace(
    /\/+$/,
    '',
  );
  const timeoutMs = Number(values.timeout) * 1_000;
  const least = values['fail-on'];
  if (!/^https?:\/\/[^/]/.test(url)) {
    throw new AuditError(`${url} is no address`);
  }
  if (!(timeoutMs > 0 && timeoutMs <= 600_000)) {
    throw new AuditError(`--timeout ${values.timeout} is no number of seconds`);
  }
  if (least !== undefined && !SEVERITIES.includes(least)) {
    throw new AuditError(
      `--fail-on ${least} is none of ${SEVERITIES.join(', ')}`,
    );
  }
  const output = join(folder, values.output);
  // What an earlier run found is no answer to this one
  rmSync(output, { force: true });

  const files = readFolder(folder, { warn });
  if (files.length === 0) {
    throw new AuditError('there is no lock file that is read here');
  }
  const scanned = files
    .map(
      ({ file, packages }) =>
        `${file} (${counted(packages.length, 'package', 'packages')})`,
    )
    .join(', ');
  log(`audit-dependencies: ${scanned}, asking ${url}`);
  const found = [];
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), timeoutMs);
  try {
    const osv = new Osv({ url, signal: ended.signal, retryMs });
    for (const { file, packages } of files) {
      found.push({
        file,
        vulnerabilities: await findVulnerabilities(packages, osv),
      });
    }
  } finally {
    // What is still being asked after one question failed is of no use any more
    ended.abort();
    clearTimeout(timer);
  }

  mkdirSync(dirname(output), { recursive: true });
  const at = new Date().toISOString();
  const sarif = toSarif(found, { scanned, url, at });
  writeFileSync(output, `${JSON.stringify(sarif, null, 2)}\n`);
  const all = found.flatMap(({ vulnerabilities }) => vulnerabilities);
  for (const each of all.sort((a, b) => b.score - a.score)) {
    log(`  ${each.id} ${messageOf(each)}`);
  }
  log(
    `audit-dependencies: ${counted(
      new Set(all.map(({ id }) => id)).size,
      'known vulnerability',
      'known vulnerabilities',
    )}, in ${output}`,
  );
  const isFailure = all.some(
    ({ fixed, severity }) =>
      fixed && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least),
  );
  return least && isFailure ? 1 : 0;
}

if (
  process.argv[1] &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  // At once: a proxy that hangs up can keep the connections of fetch busy for ever
  process.exit(await main());
}
