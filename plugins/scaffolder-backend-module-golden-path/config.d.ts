export interface Config {
  scaffolder?: {
    /** What the actions `golden-path:*` need to know. */
    goldenPath?: {
      /**
       * The `host` of the entry of `integrations.gitea` that golden paths
       * publish to, such as `git.example.com`. Default: the only entry there
       * is.
       * @visibility backend
       */
      host?: string;

      /**
       * The organization on the host that receives every new repository.
       * Default: the one with the name of the group that owns the service.
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
    };
  };
}
