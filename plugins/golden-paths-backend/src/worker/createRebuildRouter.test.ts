import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { eventually } from '@waymark/backend-test-support';
import { databases, initDatabase } from '../__testUtils__/databases';
import { cloudEvent } from '../__testUtils__/cloudEvent';
import { startGoldenPaths } from '../__testUtils__/startGoldenPaths';
import { DatabaseEventIntake } from '../store/DatabaseEventIntake';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'ledger', namespace: 'default', etag: '1' },
  spec: { type: 'service', lifecycle: 'production', owner: 'squad' },
};

describe.each(databases.eachSupportedId())('a rebuild on %s', id => {
  it('makes what is derived again, as it was', async () => {
    const knex = await initDatabase(id);
    const backend = await startGoldenPaths({
      knex,
      config: {},
      features: [
        catalogServiceMock.factory({ entities: [entity] }),
        mockServices.scheduler.factory({
          includeInitialDelayedTasksOnStartup: true,
        }),
      ],
    });
    try {
      await eventually('the entity', () => knex('entities').first());
      await new DatabaseEventIntake({
        knex,
        now: Date.now,
        wake: () => {},
      }).accept([
        {
          event: cloudEvent({ id: 'one' }).data,
          entityRef: 'component:default/ledger',
          authority: 'component:default/ledger',
          receivedFrom: 'plugin:test',
          observed: true,
          sample: false,
        },
      ]);
      const rebuild = () =>
        fetch(`${backend.url}/derivation/rebuild`, { method: 'POST' });
      expect((await rebuild()).status).toBe(202);
      const rows = () => knex('rollups').orderBy(['measure', 'week']);
      await eventually('rollups', async () => (await rows()).length > 0);
      const before = await rows();

      await knex('rollups').delete();
      await knex('deployments').delete();
      const answer = await rebuild();
      expect(answer.status).toBe(202);
      expect(await answer.json()).toEqual({ entities: 1 });
      await eventually('rollups', async () => (await rows()).length > 0);
      expect(await rows()).toEqual(before);
      expect(await knex('deployments')).toHaveLength(1);
    } finally {
      await backend.stop();
    }
  });

  it('is for those who may manage history', async () => {
    const knex = await initDatabase(id);
    const backend = await startGoldenPaths({
      knex,
      config: {},
      features: [
        mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
      ],
    });
    try {
      const answer = await fetch(`${backend.url}/derivation/rebuild`, {
        method: 'POST',
      });
      expect(answer.status).toBe(403);
      expect((await answer.json()).error.message).toContain(
        'golden-paths.history.manage',
      );
    } finally {
      await backend.stop();
    }
  });
});
