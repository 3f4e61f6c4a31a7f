import path from 'node:path';
import Database from 'better-sqlite3';
import { git } from '../lib/git.mjs';

/** What is there, asked of the portal itself. */

const GITOPS = 'platform/gitops';

/** Those of services, and that of Argo CD. */
async function allRepositories(portal) {
  const response = await portal.fetch(
    '/api/forge/api/v1/repos/search?limit=50',
  );
  const { data } = await response.json();
  const total = Number(response.headers.get('x-total-count'));
  if (total !== data.length) {
    throw new Error(`${total} repositories, but ${data.length} on one page`);
  }
  return data;
}

async function repositories(portal) {
  const all = await allRepositories(portal);
  return all.filter(repository => repository.full_name !== GITOPS);
}

export async function countRepositories(portal) {
  return (await repositories(portal)).length;
}

async function entities(portal, filter) {
  const { items } = await portal.json(
    `/api/catalog/entities/by-query?limit=500&filter=${filter}`,
  );
  return items;
}

/**
 * One repository with exactly what was generated, one entity, one folder in the one
 * GitOps repository, one run.
 *
 * @returns how many there are of each
 */
export async function inspectRun({ portal, checks, moment, name, id, before }) {
  const all = await repositories(portal);
  const own = all.filter(repository => repository.name === name);
  checks.same(`${moment.name}: one repository`, own.length, 1);
  checks.same(`${moment.name}: and no other beside it`, all.length - before, 1);

  const directory = path.join(
    portal.dataDir,
    'repositories',
    'ticketing',
    `${name}.git`,
  );
  await git(['fsck', '--strict'], { cwd: directory });
  const count = await git(['rev-list', '--count', 'main'], { cwd: directory });
  const parent = await git(['rev-parse', 'main^'], { cwd: directory });
  const template = await git(['rev-parse', 'waymark-template'], {
    cwd: directory,
  });
  checks.same(`${moment.name}: generated once`, count, '2');
  checks.same(`${moment.name}: the provenance follows`, parent, template);

  const found = await entities(
    portal,
    `kind=component,metadata.name=${encodeURIComponent(name)}`,
  );
  checks.same(`${moment.name}: one entity`, found.length, 1);

  const folders = await inspectGitops({ portal, checks, moment, name });
  const run = await portal.json(`/api/scaffolder/golden-path/runs/${id}`);
  checks.same(
    `${moment.name}: the run knows the one repository and the one folder`,
    run.created.map(({ url, confirmed }) => ({ url, confirmed })),
    [
      { url: own[0]?.html_url, confirmed: true },
      {
        url: `${portal.url}/api/forge/${GITOPS}/src/branch/main/apps/${name}`,
        confirmed: true,
      },
    ],
  );
  return {
    repositories: own.length,
    entities: found.length,
    folders,
  };
}

/** @returns how many commits brought the service */
async function inspectGitops({ portal, checks, moment, name }) {
  const all = await allRepositories(portal);
  checks.same(
    `${moment.name}: one GitOps repository`,
    all.filter(repository => repository.full_name === GITOPS).length,
    1,
  );
  const cwd = path.join(portal.dataDir, 'repositories', `${GITOPS}.git`);
  await git(['fsck', '--strict'], { cwd });
  const subjects = await git(['log', '--format=%s', 'main'], { cwd });
  const commits = subjects
    .split('\n')
    .filter(subject => subject === `Deliver ${name}`).length;
  checks.same(`${moment.name}: delivered once`, commits, 1);
  const files = await git(
    ['ls-tree', '-r', '--name-only', 'main', `apps/${name}`],
    { cwd },
  );
  checks.same(
    `${moment.name}: with all that belongs to it`,
    files.split('\n').map(file => file.slice(`apps/${name}/`.length)),
    [
      'production/application.yaml',
      'production/kustomization.yaml',
      'project.yaml',
      'staging/application.yaml',
      'staging/kustomization.yaml',
    ],
  );
  return commits;
}

/** Takes the GitOps repository away, as it is before the first service. */
export async function deleteGitops(portal) {
  const basic = Buffer.from(`waymark:${portal.forgePassword}`).toString(
    'base64',
  );
  const response = await fetch(
    `${portal.url}/api/forge/api/v1/repos/${GITOPS}`,
    {
      method: 'DELETE',
      headers: { authorization: `Basic ${basic}` },
    },
  );
  if (!response.ok && response.status !== 404) {
    throw new Error(`The GitOps repository stays: ${response.status}`);
  }
}

/** What runs have asked for and nobody has had an answer to; the portal is not up. */
export function openClaims(dataDir) {
  const database = new Database(path.join(dataDir, 'db', 'scaffolder.sqlite'), {
    readonly: true,
  });
  try {
    return [
      ...database
        .prepare(
          `SELECT url, state FROM golden_path_repositories
           WHERE state NOT IN ('published', 'undone', 'released')`,
        )
        .all(),
      ...database
        .prepare(
          `SELECT url, state FROM golden_path_deliveries
           WHERE state NOT IN ('delivered', 'undone')`,
        )
        .all(),
    ];
  } finally {
    database.close();
  }
}

/** Everything that has to outlast a restart, in a form that can be compared. */
export async function snapshot(portal, names) {
  const { tasks } = await portal.json('/api/scaffolder/v2/tasks?limit=100');
  const heads = [];
  for (const name of names) {
    const url = `${portal.url}/api/forge/ticketing/${name}.git`;
    heads.push(await git(['ls-remote', '--heads', url]));
  }
  const items = await entities(portal, 'kind=component');
  return {
    catalog: items.map(entity => entity.metadata.name).sort(),
    runs: tasks.map(({ id, status }) => `${id} ${status}`).sort(),
    repositories: (await allRepositories(portal)).map(r => r.full_name).sort(),
    branches: heads,
  };
}
