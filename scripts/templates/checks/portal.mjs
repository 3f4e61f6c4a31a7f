import { assertNone } from '../lib/reporter.mjs';

/** Answers that are not valid: refused, the field named. */
export async function checkRefusals({ path, portal, reporter, slots }) {
  const [{ values: good }] = path.matrix;
  // None of those that are made at the same time
  const values = 'name' in good ? { ...good, name: refusedName(path) } : good;
  const section = reporter.section(`${path.name}: answers that are refused`);
  await Promise.all(
    path.refused.map(({ field, value }) =>
      slots.render(() => {
        const shown = (JSON.stringify(value) ?? 'nothing').slice(0, 40);
        return section.check(`refuses ${field}: ${shown}`, () =>
          assertRefused({
            portal,
            template: path.template,
            values: { ...values, [field]: value },
            field,
          }),
        );
      }),
    ),
  );
  section.end();
}

const refusedName = path => `refused-${path.name}`;

async function assertRefused({ portal, template, values, field }) {
  const response = await portal.fetch('/api/scaffolder/v2/tasks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ templateRef: template, values }),
  });
  const body = await response.text();
  if (response.status === 400) {
    mustName(field, body);
    return 'by the form';
  }
  if (!response.ok) {
    throw new Error(`${response.status}: ${body}`);
  }
  const task = await portal.waitForTask(JSON.parse(body).id, {
    timeoutMs: 300_000,
  });
  if (task.status !== 'failed') {
    throw new Error(`was not refused: the run is ${task.status}`);
  }
  mustName(field, task.error?.message ?? '');
  return 'by the first step';
}

/** The entities of the repository, as the catalog took them in. */
export async function checkCatalog({
  path: { contract } = {},
  answers,
  files,
  portal,
  reporter,
}) {
  const { name, owner, system, description } = answers.values;
  const wanted = files
    .yaml('catalog-info.yaml')
    .map(entity => `${entity.kind}:default/${entity.metadata.name}`);

  await reporter.check(
    `the catalog has ${wanted.length} entities and no complaint`,
    async () => {
      const problems = [];
      for (const ref of wanted) {
        const entity = await eventually(async () => {
          const [kind, id] = ref.toLowerCase().split(':default/');
          const response = await portal.fetch(
            `/api/catalog/entities/by-name/${kind}/default/${id}`,
          );
          return response.ok ? response.json() : undefined;
        });
        if (!entity) {
          problems.push(`${ref} did not come into the catalog`);
          continue;
        }
        const errors = entity.status?.items ?? [];
        problems.push(...errors.map(item => `${ref}: ${item.message}`));
        if (entity.spec.owner !== owner) {
          problems.push(`${ref} belongs to ${entity.spec.owner}`);
        }
        if (entity.spec.system !== system) {
          problems.push(`${ref} is part of ${entity.spec.system}`);
        }
        if (
          ['Component', 'API'].includes(entity.kind) &&
          entity.metadata.description !== description
        ) {
          problems.push(`${ref} says ${entity.metadata.description}`);
        }
        if (
          contract &&
          entity.kind === 'API' &&
          entity.spec.definition !== files.text(contract)
        ) {
          problems.push(`${ref} does not hold the contract`);
        }
      }
      assertNone(problems);
    },
  );

  await reporter.check(
    'every relation of the service leads somewhere',
    async () => {
      const { relations = [] } = await portal.json(
        `/api/catalog/entities/by-name/component/default/${name}`,
      );
      if (relations.length === 0) {
        throw new Error('it has none');
      }
      const { items } = await portal.json('/api/catalog/entities/by-refs', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          entityRefs: relations.map(({ targetRef }) => targetRef),
          fields: ['kind'],
        }),
      });
      assertNone(
        relations
          .filter((_, index) => !items[index])
          .map(
            ({ type, targetRef }) => `${type} ${targetRef}, which is not there`,
          ),
      );
      return `${relations.length} relations`;
    },
  );
}

function mustName(field, message) {
  if (!new RegExp(`\\b${field}\\b`).test(message)) {
    throw new Error(`the refusal does not name ${field}: ${message}`);
  }
}

/** Names of all repositories of the forge. */
export async function repositories(portal) {
  const names = [];
  for (let page = 1; ; page++) {
    const { data } = await portal.json(
      `/api/forge/api/v1/repos/search?limit=50&page=${page}`,
    );
    if (data.length === 0) {
      return names;
    }
    names.push(...data.map(repository => repository.full_name));
  }
}

/** Asks until there is an answer. */
export async function eventually(ask, timeout = 60_000) {
  const deadline = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer || Date.now() > deadline) {
      return answer;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
