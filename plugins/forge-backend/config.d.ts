export interface Config {
  /** The embedded Git forge. Default: there is none. */
  forge?: {
    /**
     * Folder that holds the bare repositories, as `<organisation>/<name>.git`.
     * Created when it is not there. A relative path starts at the folder the
     * backend is started from.
     */
    directory: string;

    /**
     * Name of the one user who may create, push and merge. Default: `waymark`.
     */
    username?: string;

    /**
     * Password of that user. Everybody who reaches the forge may read without.
     * @visibility secret
     */
    password: string;

    /**
     * Organisations beside the groups of the catalog. Default: none.
     */
    organizations?: string[];

    /**
     * Folders with repositories that are created once, at the first start with
     * them: `<organisation>/<name>.mbox`, in the form of `git format-patch`.
     * Those of a folder that is not named here any more leave, unless somebody
     * has changed them. Default: none.
     */
    seeds?: Array<{
      /** A relative path starts at the folder the backend is started from. */
      path: string;
    }>;

    /**
     * Text beside the Merge button that tells people where to find the user
     * name and the password. Default: a sentence that says which ones are meant.
     */
    credentialsHint?: string;

    /** Sizes that bound what one request can cost. */
    limits?: {
      /** Bytes of one push, after it is inflated. Default: 104857600 (100 MB). */
      maxPushBytes?: number;
      /** Bytes of a file that the contents API gives out. Default: 10485760 (10 MB). */
      maxFileBytes?: number;
      /** Bytes of a file shown on a page. Default: 524288 (512 kB). */
      maxPageFileBytes?: number;
      /** Bytes of a diff shown on a page. Default: 1048576 (1 MB). */
      maxDiffBytes?: number;
    };
  };
}
