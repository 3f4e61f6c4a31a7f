import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CatalogGroups } from './CatalogGroups';

function group(name: string, ...parents: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    relations: parents.map(parent => ({
      type: 'childOf',
      targetRef: `group:default/${parent}`,
    })),
  };
}

function setUp(initial: Entity[], expected: string[] = []) {
  let entities = initial;
  let failing = false;
  let now = 1_000_000;
  const logger = mockServices.logger.mock();
  const catalog = catalogServiceMock.mock({
    async queryEntities(request) {
      if (failing) {
        throw new Error('The catalog is away');
      }
      const real = catalogServiceMock({ entities });
      return real.queryEntities(request, {
        credentials: await mockServices.auth().getOwnServiceCredentials(),
      });
    },
  });
  const groups = new CatalogGroups({
    auth: mockServices.auth(),
    catalog,
    logger,
    expected,
    now: () => now,
  });
  return {
    logger,
    around: async (...names: string[]) =>
      [...(await groups.around(names.map(name => `group:default/${name}`)))]
        .map(ref => ref.replace('group:default/', ''))
        .sort(),
    reads: () => catalog.queryEntities.mock.calls.length,
    wait: (seconds: number) => {
      now += seconds * 1000;
    },
    replace: (next: Entity[]) => {
      entities = next;
    },
    fail: (on: boolean) => {
      failing = on;
    },
  };
}

const settle = () => new Promise(resolve => setTimeout(resolve, 20));

describe('CatalogGroups', () => {
  it('knows all groups around a group, also in a circle', async () => {
    const { around } = setUp([
      group('company'),
      group('platform', 'company'),
      group('tools', 'platform', 'guild'),
      group('guild', 'tools'),
    ]);
    expect(await around('tools')).toEqual([
      'company',
      'guild',
      'platform',
      'tools',
    ]);
    expect(await around('company')).toEqual(['company']);
    expect(await around()).toEqual([]);
  });

  it('asks the catalog once for many decisions, and again after half a minute', async () => {
    const { around, reads, wait, replace } = setUp([group('a'), group('b')]);
    await Promise.all([around('a'), around('b'), around('a')]);
    await around('a');
    expect(reads()).toBe(1);

    replace([group('a', 'b'), group('b')]);
    wait(31);
    // Nobody waits for it
    expect(await around('a')).toEqual(['a']);
    await settle();
    expect(reads()).toBe(2);
    expect(await around('a')).toEqual(['a', 'b']);
    expect(reads()).toBe(2);
  });

  it('waits when what it knows is old, or when a group is new to it', async () => {
    const { around, reads, wait, replace } = setUp([group('a'), group('b')]);
    await around('a');
    replace([group('a', 'b'), group('b'), group('c', 'b')]);
    expect(await around('c')).toEqual(['b', 'c']);
    expect(reads()).toBe(2);
    // A group that is not there is looked for once, not with every decision
    expect(await around('gone')).toEqual(['gone']);
    expect(await around('gone')).toEqual(['gone']);
    expect(reads()).toBe(3);

    replace([group('a'), group('b'), group('c', 'b')]);
    wait(301);
    expect(await around('a')).toEqual(['a']);
    expect(reads()).toBe(4);
  });

  it('decides nothing before it knows, and serves on when the catalog is away later', async () => {
    const { around, reads, wait, fail, logger } = setUp([group('a', 'b')]);
    fail(true);
    await expect(around('a')).rejects.toThrow(
      'Nothing can be decided before the groups were read from the catalog',
    );
    fail(false);
    expect(await around('a')).toEqual(['a', 'b']);

    fail(true);
    wait(400);
    expect(await around('a')).toEqual(['a', 'b']);
    expect(await around('a')).toEqual(['a', 'b']);
    expect(reads()).toBe(3);
    expect(logger.warn.mock.calls).toEqual([
      [expect.stringContaining('those of 400 s ago serve on')],
    ]);
    fail(false);
    wait(6);
    await around('a');
    expect(reads()).toBe(4);
  });

  it('warns once of groups that have a role and are not there', async () => {
    const { around, wait, logger } = setUp(
      [group('a')],
      ['group:default/a', 'group:default/typo'],
    );
    await around('a');
    // Perhaps the first ingestion goes on
    expect(logger.warn).not.toHaveBeenCalled();
    for (let i = 0; i < 3; i++) {
      wait(400);
      await around('a');
    }
    expect(logger.warn.mock.calls).toEqual([
      [
        'The permission policy gives a role to group:default/typo, which is not in the catalog; see permission.policy.members',
      ],
    ]);
  });
});
