import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { readDefaultPolicy, readPolicy } from './readPolicy';

const read = (policy?: JsonObject) =>
  readPolicy({
    config: mockServices.rootConfig({
      data: { permission: { enabled: true, ...(policy && { policy }) } },
    }),
  });

describe('readPolicy', () => {
  it('is the default when nothing is configured', async () => {
    expect(await read()).toEqual(await readDefaultPolicy());
  });

  it('replaces members, roles and owners by name and leaves the others', async () => {
    const defaults = await readDefaultPolicy();
    const policy = await read({
      members: {
        platform: ['Group:Tools', 'user:default/Ada'],
        clerk: ['in-a-group'],
        auditor: [],
      },
      roles: {
        clerk: { allow: [{ permissions: ['weather.*'], action: 'read' }] },
        engineer: {},
      },
      owners: {
        parcel: {
          pluginId: 'post',
          rule: 'IS_SENDER',
          parameter: 'senders',
          holds: 'user',
        },
      },
    });
    expect(policy.members).toEqual({
      everyone: ['signed-in'],
      engineer: ['in-a-group'],
      platform: ['group:default/tools', 'user:default/ada'],
      auditor: [],
      clerk: ['in-a-group'],
    });
    expect(policy.roles).toEqual({
      ...defaults.roles,
      clerk: {
        allow: [{ permissions: ['weather.*'], action: 'read' }],
        deny: [],
      },
      engineer: { allow: [], deny: [] },
    });
    expect(Object.keys(policy.owners)).toEqual([
      'catalog-entity',
      'scaffolder-task',
      'parcel',
    ]);
  });

  it.each([
    [
      { members: { platfrom: ['group:default/platform'] } },
      'permission.policy.members.platfrom: there is no role "platfrom"; the roles are everyone, engineer, platform, auditor',
    ],
    [
      { roles: { clerk: { allow: [] } } },
      'permission.policy.roles.clerk: nobody holds this role; list who does in permission.policy.members.clerk',
    ],
    [
      { members: { platform: ['platform'] } },
      'permission.policy.members.platform[0]: "platform" is neither a reference to a group or a user',
    ],
    [
      { members: { platform: ['group:default/a', 'component:default/a'] } },
      'permission.policy.members.platform[1]: "component:default/a" is neither',
    ],
    [
      { members: { platform: 'group:default/platform' } },
      'permission.policy.members.platform: Invalid input: expected array',
    ],
    [{ member: {} }, 'permission.policy: Unrecognized key: "member"'],
    [
      { roles: { engineer: { alow: [] } } },
      'permission.policy.roles.engineer: Unrecognized key: "alow"',
    ],
    [
      { roles: { engineer: { allow: [{ permissions: ['catalog.*.read'] }] } } },
      'permission.policy.roles.engineer.allow[0].permissions[0]: expected the name of a permission',
    ],
    [
      { roles: { engineer: { allow: [{ permissions: ['catalog.'] }] } } },
      'permission.policy.roles.engineer.allow[0].permissions[0]: expected the name of a permission',
    ],
    [
      { roles: { engineer: { deny: [{ permissions: [] }] } } },
      'permission.policy.roles.engineer.deny[0].permissions: ',
    ],
    [
      {
        roles: { engineer: { allow: [{ permissions: ['a.b'], when: 'own' }] } },
      },
      'permission.policy.roles.engineer.allow[0].when: Invalid option: expected one of "owner"|"audience"',
    ],
    [
      {
        roles: {
          engineer: { allow: [{ permissions: ['a'], action: 'write' }] },
        },
      },
      'permission.policy.roles.engineer.allow[0].action: Invalid option',
    ],
    [
      { roles: { 'Squad Lead': {} } },
      'permission.policy.roles.Squad Lead: the name of a role is made of lower-case letters',
    ],
    [
      { owners: { parcel: { pluginId: 'post', rule: 'IS_SENDER' } } },
      'permission.policy.owners.parcel.parameter: ',
    ],
  ])('refuses %j', async (policy, message) => {
    await expect(read(policy as unknown as JsonObject)).rejects.toThrow(
      message,
    );
  });
});
