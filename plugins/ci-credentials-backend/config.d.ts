export interface Config {
  /** Credentials with which pipelines speak to the portal. */
  ciCredentials?: {
    /**
     * Days that a credential lives when nothing else is asked for, also of those
     * that the golden path issues. Default: 90.
     * @visibility frontend
     */
    defaultLifetimeDays?: number;

    /**
     * Days that a credential may live at most. Default: 365.
     * @visibility frontend
     */
    maxLifetimeDays?: number;

    /**
     * Days after its end for which a credential stays in the list, so that it can
     * still be seen who had access. Default: 180.
     */
    retentionDays?: number;

    /**
     * Plugins of this portal that may issue credentials for what they create.
     * Default: `[scaffolder]`.
     */
    issuers?: string[];

    /**
     * GitHub hosts whose workflows are believed without a token of the portal.
     * Default: none.
     */
    github?: Array<{
      /**
       * The host, as in `integrations.github`: `github.com` or that of an
       * enterprise.
       */
      host: string;

      /**
       * Who signs the tokens, exactly as in their `iss` claim. Default: GitHub's
       * own, `https://token.actions.githubusercontent.com` for github.com and
       * `https://<host>/_services/token` for an enterprise.
       */
      issuer?: string;

      /**
       * The audience that workflows ask for, exactly as in the `aud` claim. The
       * address of the portal is a good one: a token made for somebody else then
       * opens nothing here.
       */
      audience: string;

      /**
       * Git refs whose workflows are believed; one that ends with `*` stands for
       * all that begin like it.
       * Default: `['refs/heads/*', 'refs/tags/*']`, so that pull requests are not.
       */
      refs?: string[];
    }>;
  };
}
