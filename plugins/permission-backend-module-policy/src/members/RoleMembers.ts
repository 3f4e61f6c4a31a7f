import { BackstageUserInfo } from '@backstage/backend-plugin-api';
import { IN_A_GROUP, SIGNED_IN } from '../policy/PolicyDefinition';
import { CatalogGroups } from './CatalogGroups';

/**
 * Who holds which role.
 *
 * @internal
 */
export class RoleMembers {
  readonly #groups: Pick<CatalogGroups, 'around'>;
  readonly #rolesByMember = new Map<string, string[]>();

  constructor(options: {
    members: Record<string, string[]>;
    groups: Pick<CatalogGroups, 'around'>;
  }) {
    this.#groups = options.groups;
    for (const [role, members] of Object.entries(options.members)) {
      for (const member of members) {
        const roles = this.#rolesByMember.get(member) ?? [];
        this.#rolesByMember.set(member, [...roles, role]);
      }
    }
  }

  /** The roles of a person; none for what is not a User. */
  async rolesOf(user: BackstageUserInfo): Promise<Set<string>> {
    if (!user.userEntityRef.startsWith('user:')) {
      return new Set();
    }
    const groups = user.ownershipEntityRefs.filter(ref =>
      ref.startsWith('group:'),
    );
    const is = [
      SIGNED_IN,
      user.userEntityRef,
      ...(groups.length > 0
        ? [IN_A_GROUP, ...(await this.#groups.around(groups))]
        : []),
    ];
    return new Set(is.flatMap(member => this.#rolesByMember.get(member) ?? []));
  }
}
