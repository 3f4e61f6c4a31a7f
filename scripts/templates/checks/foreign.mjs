import { eventually } from './portal.mjs';

/** Of the repository that it makes. */
export const foreignName = 'small-library';

/**
 * A template written for another portal, as the stock ones are: it knows nothing of
 * layers and golden-path actions, and works as it is.
 */
export async function checkForeign({ portal, reporter }) {
  const section = reporter.section('A template from elsewhere');
  await section.check('runs as it is', async () => {
    const { host } = new URL(portal.url);
    const id = await portal.runTemplate({
      template: 'template:default/from-elsewhere',
      values: {
        name: foreignName,
        repoUrl: `${host}?owner=ticketing&repo=${foreignName}`,
      },
    });
    const task = await portal.waitForTask(id, { timeoutMs: 300_000 });
    if (task.status !== 'completed') {
      throw new Error(`${task.status}: ${task.error?.message}`);
    }
    if (
      !task.output.links.some(
        ({ entityRef }) => entityRef === `component:default/${foreignName}`,
      )
    ) {
      throw new Error(`it leads to ${JSON.stringify(task.output.links)}`);
    }
  });
  await section.check('what it made is in the catalog', async () => {
    const entity = await eventually(async () => {
      const response = await portal.fetch(
        `/api/catalog/entities/by-name/component/default/${foreignName}`,
      );
      return response.ok ? response.json() : undefined;
    });
    if (entity?.spec.type !== 'library') {
      throw new Error(`there is ${JSON.stringify(entity?.spec)}`);
    }
  });
  section.end();
}
