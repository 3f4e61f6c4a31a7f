/** Permissions on a repository in GitHub's words. */
export type Permission = 'pull' | 'triage' | 'push' | 'maintain' | 'admin';

export interface GithubUserOptions {
  /** Letters, digits and single hyphens. */
  login: string;
  name?: string;
  /** The primary address, which sign-in tells the portal. */
  email?: string;
  bio?: string;
  /** In the organisation; without one the user is no member of it. */
  role?: 'admin' | 'member';
  /** The personal access token; default a random one. */
  token?: string;
  /** Of the token; default all that are needed for repositories. */
  scopes?: string[];
}

export interface GithubTeamOptions {
  name: string;
  /** Default: made from the name. */
  slug?: string;
  description?: string;
  /** Slug of the parent, which has to come first. */
  parent?: string;
  privacy?: 'closed' | 'secret';
  /** Logins. */
  members?: string[];
  maintainers?: string[];
  /** Name of a repository → permission. */
  repositories?: Record<string, Permission>;
}

export interface GithubRepositoryOptions {
  name: string;
  description?: string;
  /** Default `public`. */
  visibility?: 'public' | 'internal' | 'private';
  /** Default `main`. */
  defaultBranch?: string;
  topics?: string[];
  /** Path → content of the first commit; none leaves it empty. */
  files?: Record<string, string>;
}

export interface GithubOrganizationOptions {
  login: string;
  name?: string;
  description?: string;
  email?: string;
  teams?: GithubTeamOptions[];
  repositories?: GithubRepositoryOptions[];
}

export interface StartGithubOptions {
  /** Default: a free one. */
  port?: number;
  /** Where the Git repositories are kept; default a folder that `stop` removes. */
  dataDir?: string;
  /** Default: the sample organisation with its teams; a text is its login. */
  organization?: string | GithubOrganizationOptions;
  /** Default: the people of the sample organisation. */
  users?: GithubUserOptions[];
  /** A token that `waymark-bot`, owner of the organisation, has as well. */
  token?: string;
  oauthApp?: {
    clientId?: string;
    clientSecret?: string;
    /** Default: everything on the loopback, whatever the port. */
    redirectUris?: string[];
  };
  app?: {
    appId?: number;
    slug?: string;
    name?: string;
    clientId?: string;
    clientSecret?: string;
    /** PEM, RSA. */
    privateKey?: string;
    webhookUrl?: string;
    webhookSecret?: string;
    /** Default: what Waymark asks for. */
    permissions?: Record<string, 'read' | 'write' | 'admin'>;
    events?: string[];
    redirectUris?: string[];
  };
  /** A webhook of the organisation. */
  webhook?: {
    url?: string;
    /** Default: a random one. */
    secret?: string;
    /** Default: all. */
    events?: string[];
  };
}

export interface GithubStandIn {
  /** Without a slash at the end. */
  readonly url: string;
  /** `localhost:<port>`: the `host` of `integrations.github`. */
  readonly host: string;
  /** The `apiBaseUrl` of `integrations.github`. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  /** Login of the organisation. */
  readonly organization: string;
  /** Personal access token of an owner of the organisation. */
  readonly token: string;
  readonly users: ReadonlyArray<{
    readonly login: string;
    readonly token: string;
  }>;
  readonly oauthApp: {
    readonly clientId: string;
    readonly clientSecret: string;
  };
  readonly app: {
    readonly appId: number;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly privateKey: string;
    readonly webhookSecret: string;
    readonly installationId: number;
  };
  readonly webhookSecret: string;
  readonly oidc: {
    readonly issuer: string;
    /** What a workflow gets that asks for no other. */
    readonly audience: string;
  };
  stop(): Promise<void>;
}

/**
 * Starts a GitHub Enterprise for tests on the loopback.
 *
 * @throws Error with code `EADDRINUSE` when the port is taken
 */
export function startGithub(
  options?: StartGithubOptions,
): Promise<GithubStandIn>;
