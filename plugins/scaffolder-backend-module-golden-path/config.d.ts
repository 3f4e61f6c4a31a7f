export interface Config {
  scaffolder?: {
    /** What the actions `golden-path:*` need to know. */
    goldenPath?: {
      /**
       * The `host` of the entry of `integrations.gitea` or
       * `integrations.github` that golden paths publish to, such as
       * `git.example.com`. An entry of `integrations.github` needs a token or
       * an App. Default: the only entry there is.
       * @visibility backend
       */
      host?: string;

      /**
       * The organization on the host that receives every new repository, as
       * the host writes it. Default: the one with the name of the group that
       * owns the service.
       * @visibility backend
       */
      organization?: string;

      /**
       * The folder that holds the layers: an absolute path, a path relative to
       * the folder in which the backend runs, or an http(s) URL that one of the
       * integrations can read. Default: `layers` beside the template's folder.
       * @visibility backend
       */
      layers?: string;

      /** What a new repository gets on GitHub. */
      github?: {
        /**
         * Who sees it. `internal` needs GitHub Enterprise. Default: `private`.
         * @visibility backend
         */
        visibility?: 'private' | 'internal' | 'public';

        /**
         * What the team of the owning group may do in it. A code owner needs
         * `push` or more. With `none` no team gets access, and none has to be
         * there. Default: `push`.
         * @visibility backend
         */
        teamPermission?:
          | 'pull'
          | 'triage'
          | 'push'
          | 'maintain'
          | 'admin'
          | 'none';

        /** Protection of the default branch. */
        protection?: {
          /**
           * Whether the default branch is protected at all: no push without a
           * pull request, no force push, no deletion, and the jobs of the
           * repository's own workflows have to pass. Default: true.
           * @visibility backend
           */
          enabled?: boolean;

          /**
           * How many reviews a pull request needs, from 0 to 6. Default: 1.
           * @visibility backend
           */
          requiredReviews?: number;

          /**
           * Whether one of them has to be by the code owners. Default: true.
           * @visibility backend
           */
          codeOwnerReviews?: boolean;

          /**
           * Whether a new commit makes earlier reviews void. Default: true.
           * @visibility backend
           */
          dismissStaleReviews?: boolean;

          /**
           * Whether a branch must hold the newest state of the default branch
           * before it is merged. Default: false.
           * @visibility backend
           */
          requireUpToDate?: boolean;

          /**
           * Whether the same holds for administrators. Default: true.
           * @visibility backend
           */
          enforceAdmins?: boolean;
        };
      };

      /**
       * Where `golden-path:propose` may propose changes, with the credentials
       * of the entry in `integrations`. Default: on the host that golden paths
       * publish to, in `organization` if that is set.
       */
      proposals?: {
        /**
         * The `host` of an entry of `integrations.gitea` or
         * `integrations.github`.
         * @visibility backend
         */
        host: string;

        /**
         * Names of organizations there. Default: all that the credentials
         * reach.
         * @visibility backend
         */
        organizations?: string[];
      }[];

      /**
       * The repository from which Argo CD reads what runs where. Every new
       * service gets a folder in it, by a commit or, on GitHub, by a pull
       * request. Absent: services are handed to nobody, and hold the tags of
       * their images themselves.
       */
      gitops?: {
        /**
         * Reference to the group that owns it, such as
         * `group:default/platform`. Its name is the organization on the host
         * unless `organization` is set.
         * @visibility backend
         */
        owner: string;

        /**
         * Name of the repository. It is created with the first service; one
         * that is there already is used as it is. Default: `gitops`.
         * @visibility backend
         */
        repository?: string;
      };
    };
  };
}
