export interface Config {
  ciCredentials?: {
    /** What the ready-made calls in the portal's pages show. */
    example?: {
      /**
       * Path on the portal to which a pipeline sends something with its
       * credential, for example `/api/golden-paths/events`. Default: the calls
       * shown only verify the credential.
       * @visibility frontend
       */
      path?: string;
      /**
       * Media type of what is sent there. Default: `application/json`.
       * @visibility frontend
       */
      contentType?: string;
    };
  };
}
