export interface Config {
  permission?: {
    /**
     * Changes to the default policy, which is the file `default-policy.yaml` of
     * this package. Whatever is wrong here stops the start, with the path of the
     * key.
     */
    policy?: {
      /**
       * Who holds a role, by the role's name; takes the place of the default list
       * of that role. An entry is a group with its sub-groups
       * (`group:default/platform`), one person (`user:default/a-person`),
       * `signed-in` (every person who has signed in) or `in-a-group` (every such
       * person who belongs to some group).
       *
       * Default: everyone: [signed-in], engineer: [in-a-group],
       * platform: [group:default/platform], auditor: [group:default/internal-audit]
       */
      members?: { [role: string]: string[] };

      /**
       * Roles, by name: a new one is added, one of the same name replaced as a
       * whole. To allow more than the default does, add a role.
       */
      roles?: {
        [role: string]: {
          /** What the role is for. */
          description?: string;
          /** What holders may do. Default: nothing */
          allow?: Array<{
            /**
             * Names of permissions, or the beginning of names followed by `.*`;
             * `*` alone is every permission.
             */
            permissions: string[];
            /**
             * Only permissions that declare this action; `change` is every
             * permission that does not declare `read`. Default: all
             */
            action?: 'read' | 'create' | 'update' | 'delete' | 'change';
            /**
             * `owner`: only for what the person or one of their own groups owns.
             * `audience`: only what the label `waymark.dev/audience` of a template,
             * or the tag `for-<role>` of its step or page, does not keep for a role
             * that the person does not hold. Default: always
             */
            when?: 'owner' | 'audience';
          }>;
          /**
           * What holders may not do, whatever their other roles allow. Default:
           * nothing
           */
          deny?: Array<{
            /** As in `allow`. */
            permissions: string[];
            /** As in `allow`. */
            action?: 'read' | 'create' | 'update' | 'delete' | 'change';
            /** As in `allow`. */
            when?: 'owner' | 'audience';
          }>;
        };
      };

      /**
       * How `when: owner` is asked, by type of resource. The default knows
       * `catalog-entity` and `scaffolder-task`; a plugin with a type of its own
       * needs an entry here.
       */
      owners?: {
        [resourceType: string]: {
          /** The plugin that has the resources and the rule. */
          pluginId: string;
          /** The name of the rule, like `IS_ENTITY_OWNER`. */
          rule: string;
          /** The rule's parameter that takes a list of references. */
          parameter: string;
          /** Whose references it takes. */
          holds: 'user' | 'user-and-groups';
        };
      };
    };
  };
}
