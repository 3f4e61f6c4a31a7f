export interface Config {
  /**
   * Runs the pipelines of the embedded forge on this machine and starts their
   * services. For local portals only: with `NODE_ENV=production` a backend with this
   * section does not start. Default: off.
   */
  forgeRunner?: {
    /**
     * Default: true, when the section is there. A text, as environment variables are,
     * is taken as well: `true` or `false`.
     * @visibility frontend
     */
    enabled?: boolean | string;

    /**
     * Folder for working copies, builds and logs. Created when it is not there. A
     * relative path starts at the folder the backend is started from.
     */
    directory: string;

    /** Runs of different repositories at a time. Default: 2, with one processor 1. */
    concurrency?: number;

    /**
     * Builds of each repository that are kept to roll back to, the present one
     * included. Default: 3.
     */
    keepBuilds?: number;

    /** Runs of each repository that are kept with their logs. Default: 50. */
    keepRuns?: number;

    /**
     * Where the stage `audit` asks for known vulnerabilities: a server that speaks as
     * https://osv.dev does. Default: `https://api.osv.dev`.
     */
    osvUrl?: string;

    /**
     * How often a service that ended by itself is started again, after 1, 2, 4 …
     * seconds. Default: 5.
     */
    restarts?: number;

    /** What one stage or one service may use, with all its processes. */
    limits?: {
      /** Seconds of one stage. Default: 600. */
      stageSeconds?: number;
      /** Seconds until a service answers at `/readyz`. Default: 60. */
      readySeconds?: number;
      /** Resident memory in MB. Default: 2048. */
      memoryMegabytes?: number;
      /** Processes at once. Default: 200. */
      processes?: number;
      /** MB of its folder on disk, packages included. Default: 2048. */
      diskMegabytes?: number;
      /** MB that stay free on the disk. Default: 512. */
      freeDiskMegabytes?: number;
      /** MB of the log of a stage, of which the middle is left out. Default: 4. */
      logMegabytes?: number;
    };
  };
}
