import path from 'node:path';
import { git } from '../lib/git.mjs';

/** What is there, asked of the portal itself. */

async function repositories(portal) {
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

export async function countRepositories(portal) {
  return (await repositories(portal)).length;
}

async function entities(portal, filter) {
  const { items } = await portal.json(
    `/api/catalog/entities/by-query?limit=500&filter=${filter}`,
  );
  return items;
}

/** One repository with exactly what was generated, one entity, one run. */
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

  const run = await portal.json(`/api/scaffolder/golden-path/runs/${id}`);
  checks.same(
    `${moment.name}: the run knows the one repository`,
    run.created.map(({ url, state }) => ({ url, state })),
    [{ url: own[0]?.html_url, state: 'created' }],
  );
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
    repositories: (await repositories(portal)).map(r => r.full_name).sort(),
    branches: heads,
  };
}
