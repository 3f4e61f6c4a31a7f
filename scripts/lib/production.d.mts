import type { GithubStandIn } from '../stand-ins/github/startGithub.mjs';
import type { Postgres } from './postgres.mjs';

/** A replica of the installed portal, run as in production. */
export interface Production {
  /** For example `http://localhost:41234`, without a slash at the end. */
  readonly url: string;
  /** What it says, which in production goes to standard output. */
  readonly logFile: string;
  /** Milliseconds from the start of the process to readiness 200. */
  readonly readyMs: number;
  /** Milliseconds from the start of the process to the first page in HTML. */
  readonly pageMs: number;
  /** Resident memory in bytes. */
  residentMemory(): number | undefined;
  /** Ends it as an orchestrator does, with SIGTERM. */
  stop(): Promise<void>;
}

export interface StartProductionOptions {
  /** What `scripts/production/install.mjs --to` has filled. */
  bundleDir: string;
  /** Its database `waymark` is made when it is not there. */
  postgres: Pick<Postgres, 'connection'>;
  github: GithubStandIn;
  /** On top of the variables that are set already. */
  env?: Record<string, string | undefined>;
  /** Configuration files whose keys win, absolute. */
  configs?: string[];
}

/** Starts a replica on a free port and waits until it is ready. */
export function startProduction(
  options: StartProductionOptions,
): Promise<Production>;
