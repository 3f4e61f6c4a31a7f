import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import permission from '@backstage/plugin-permission-backend';
import policy from './index';

describe('permissionModulePolicy', () => {
  it('stops the start on a mistake in the configuration, with its place', async () => {
    await expect(
      startTestBackend({
        features: [
          permission,
          policy,
          mockServices.rootConfig.factory({
            data: {
              permission: {
                enabled: true,
                policy: { members: { platfrom: ['group:default/platform'] } },
              },
            },
          }),
        ],
      }),
    ).rejects.toThrow('permission.policy.members.platfrom: there is no role');
  });
});
