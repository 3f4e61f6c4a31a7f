/** A PostgreSQL server of one's own, for tests and benchmarks. */
export interface Postgres {
  /** The superuser, by password over the loopback address. */
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
  };
  /** The same as `postgresql://user:password@host:port`, without a database. */
  readonly url: string;
  readonly dataDir: string;
  readonly logFile: string;
  /** The server's main process. */
  readonly pid: number;
  /**
   * Ends the server; its clients lose their connections at once. Data in a
   * temporary folder goes with it.
   */
  stop(): Promise<void>;
}

export interface StartPostgresOptions {
  /**
   * Where its data is kept, absolute. Default: a temporary folder that goes with
   * the server. A folder that is given again holds the same databases and the same
   * password.
   */
  dataDir?: string;
  /** Default: a free one. */
  port?: number;
  /**
   * Whether a power cut may take nothing that was committed. Default false,
   * which is fine for tests and several times faster.
   */
  durable?: boolean;
}

/**
 * Starts PostgreSQL 18 and waits until it takes connections. It ends with the
 * process that started it, even when that one is killed; what a machine that
 * crashed left behind is removed by the next start.
 *
 * @throws Error when it could not start, with the end of its log
 */
export function startPostgres(
  options?: StartPostgresOptions,
): Promise<Postgres>;
