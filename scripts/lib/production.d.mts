import type { GithubStandIn } from '../stand-ins/github/startGithub.mjs';
import type { Postgres } from './postgres.mjs';

/** A replica of the installed portal, run as in production. */
export interface Production {
  /** For example `http://localhost:41234`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** What it says, which in production goes to standard output. */
  readonly logFile: string;
  /** Milliseconds from the start of the process to readiness 200. */
  readonly readyMs: number;
  /** Milliseconds from the start of the process to the first page in HTML. */
  readonly pageMs: number;
  /** Resident memory in bytes. */
  residentMemory(): number | undefined;
  /** The end of the log. */
  log(lines?: number): string;
  /** Ends it as an orchestrator does, with SIGTERM. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

export interface StartProductionOptions {
  /** What `scripts/production/install.mjs --to` has filled. */
  bundleDir: string;
  postgres: Pick<Postgres, 'connection'>;
  /** Default: `waymark`. Made when it is not there. */
  database?: string;
  /** Default: none that can be reached. */
  github?: GithubStandIn;
  /** Default: a free one. */
  port?: number;
  /** On top of the variables that are set already. */
  env?: Record<string, string | undefined>;
  /** Configuration files whose keys win, absolute. */
  configs?: string[];
  /** Default: a temporary folder that `stop` removes. */
  dataDir?: string;
  /** Default 120 000. */
  timeoutMs?: number;
}

/** Starts a replica and waits until it is ready. */
export function startProduction(
  options: StartProductionOptions,
): Promise<Production>;
