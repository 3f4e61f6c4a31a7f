import {
  BackstageCredentials,
  BackstageUserInfo,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { createPermission } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { RoleMembers } from '../members/RoleMembers';
import { readPolicy } from './readPolicy';
import { RolePermissionPolicy } from './RolePermissionPolicy';

const credentials: BackstageCredentials = mockCredentials.user();

function person(name: string, ...groups: string[]) {
  const info: BackstageUserInfo = {
    userEntityRef: `user:default/${name}`,
    ownershipEntityRefs: [`user:default/${name}`, ...groups],
  };
  return { credentials, info };
}

async function policyOf(config: JsonObject = {}) {
  const logger = mockServices.logger.mock();
  const policy = await readPolicy({
    config: mockServices.rootConfig({
      data: { permission: { policy: config } },
    }),
  });
  return {
    logger,
    policy: new RolePermissionPolicy({
      policy,
      members: new RoleMembers({
        members: policy.members,
        groups: { around: async refs => new Set(refs) },
      }),
      logger,
    }),
  };
}

const sendParcel = createPermission({
  name: 'post.parcel.send',
  attributes: { action: 'create' },
  resourceType: 'parcel',
});
const openOffice = createPermission({
  name: 'post.office.open',
  attributes: {},
});
const readEntity = createPermission({
  name: 'catalog.entity.read',
  attributes: { action: 'read' },
  resourceType: 'catalog-entity',
});

const engineer = person('ann', 'group:default/ticketing');

describe('RolePermissionPolicy', () => {
  it('denies whoever is not signed in and whatever is not a User', async () => {
    const { policy } = await policyOf();
    expect(await policy.handle({ permission: readEntity })).toEqual({
      result: 'DENY',
    });
    expect(
      await policy.handle(
        { permission: readEntity },
        {
          credentials,
          info: {
            userEntityRef: 'component:default/robot',
            ownershipEntityRefs: ['group:default/platform'],
          },
        },
      ),
    ).toEqual({ result: 'DENY' });
  });

  it('believes a user reference only of the user themselves', async () => {
    const { policy } = await policyOf({
      members: { platform: ['user:default/ada'] },
    });
    const deleteLocation = createPermission({
      name: 'catalog.location.delete',
      attributes: { action: 'delete' },
    });
    expect(
      await policy.handle(
        { permission: deleteLocation },
        person('bob', 'user:default/ada'),
      ),
    ).toEqual({ result: 'DENY' });
    expect(
      await policy.handle({ permission: deleteLocation }, person('ada')),
    ).toEqual({ result: 'ALLOW' });
  });

  it('asks the owner of a type of resource that the configuration describes', async () => {
    const { policy } = await policyOf({
      members: { sender: ['in-a-group'] },
      roles: {
        sender: { allow: [{ permissions: ['post.*'], when: 'owner' }] },
      },
      owners: {
        parcel: {
          pluginId: 'post',
          rule: 'IS_SENDER',
          parameter: 'senders',
          holds: 'user-and-groups',
        },
      },
    });
    expect(await policy.handle({ permission: sendParcel }, engineer)).toEqual({
      result: 'CONDITIONAL',
      pluginId: 'post',
      resourceType: 'parcel',
      conditions: {
        resourceType: 'parcel',
        rule: 'IS_SENDER',
        params: { senders: ['user:default/ann', 'group:default/ticketing'] },
      },
    });
  });

  it('denies what a condition cannot be asked of, and says so once', async () => {
    const { policy, logger } = await policyOf({
      members: { sender: ['in-a-group'] },
      roles: {
        sender: { allow: [{ permissions: ['post.*'], when: 'owner' }] },
      },
    });
    for (const permission of [sendParcel, openOffice, sendParcel]) {
      expect(await policy.handle({ permission }, engineer)).toEqual({
        result: 'DENY',
      });
    }
    expect(logger.warn.mock.calls).toEqual([
      [
        'The policy cannot tell "when: owner" for "post.parcel.send", resources of type "parcel", and denies it. Describe the type under permission.policy.owners, or allow the permission without a condition',
      ],
      [
        'The policy cannot tell "when: owner" for "post.office.open", a permission without a resource, and denies it. Describe the type under permission.policy.owners, or allow the permission without a condition',
      ],
    ]);
  });

  it('lets a denial with a condition narrow what is allowed', async () => {
    const { policy } = await policyOf({
      members: { 'second-pair-of-eyes': ['signed-in'] },
      roles: {
        'second-pair-of-eyes': {
          allow: [{ permissions: ['scorecards.exemption.decide'] }],
          deny: [
            { permissions: ['scorecards.exemption.decide'], when: 'owner' },
          ],
        },
      },
    });
    expect(
      await policy.handle(
        {
          permission: createPermission({
            name: 'scorecards.exemption.decide',
            attributes: { action: 'update' },
            resourceType: 'catalog-entity',
          }),
        },
        person('ann'),
      ),
    ).toEqual({
      result: 'CONDITIONAL',
      pluginId: 'catalog',
      resourceType: 'catalog-entity',
      conditions: {
        not: {
          resourceType: 'catalog-entity',
          rule: 'IS_ENTITY_OWNER',
          params: { claims: ['user:default/ann'] },
        },
      },
    });
  });

  it('takes a denial that cannot be asked for a denial', async () => {
    const { policy } = await policyOf({
      members: { clerk: ['signed-in'] },
      roles: {
        clerk: {
          allow: [{ permissions: ['post.*'] }],
          deny: [{ permissions: ['post.parcel.send'], when: 'owner' }],
        },
      },
    });
    expect(await policy.handle({ permission: sendParcel }, engineer)).toEqual({
      result: 'DENY',
    });
    expect(await policy.handle({ permission: openOffice }, engineer)).toEqual({
      result: 'ALLOW',
    });
  });

  it('says once, in bounds, that no role names a permission', async () => {
    const { policy, logger } = await policyOf();
    const ask = (name: string) =>
      policy.handle(
        {
          permission: createPermission({
            name,
            attributes: { action: 'read' },
          }),
        },
        engineer,
      );
    await ask('weather.forecast.read');
    await ask('weather.forecast.read');
    expect(logger.warn.mock.calls).toEqual([
      [
        'Denied the permission "weather.forecast.read" (action read), which no role names. To allow it, add it to a role of your own under permission.policy.roles and say in permission.policy.members who holds that role',
      ],
    ]);

    await ask(`a\nforged line ${'x'.repeat(1000)}`);
    const [line] = logger.warn.mock.calls[1];
    expect(line).toContain('"a\\nforged line xxx');
    expect(line.length).toBeLessThan(400);
    for (let i = 0; i < 1000; i++) {
      await ask(`made.up.${i}`);
    }
    expect(logger.warn.mock.calls.length).toBeLessThanOrEqual(200);

    // Not for what the policy denies on purpose
    logger.warn.mockClear();
    await ask('catalog.location.read');
    expect(logger.warn).not.toHaveBeenCalled();
  });
});
