/** A portal started for a test, a benchmark or a fault test. */
export interface Portal {
  /** For example `http://localhost:41234`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly logFile: string;
  /** The backend, and nothing but it. */
  readonly pid: number;
  /** Basic auth of the forge: user `waymark`. */
  readonly forgePassword: string;
  /** Milliseconds from the start of the process to a filled catalog. */
  readonly readyMs: number;

  /** Like `fetch`, signed in as guest; paths are relative to the portal. */
  fetch(path: string | URL, init?: RequestInit): Promise<Response>;
  /** The same, for answers in JSON; throws on anything but 2xx. */
  json<T = any>(path: string, init?: RequestInit): Promise<T>;
  /** The end of the backend's log. */
  log(lines?: number): string;
  /** Resident memory of the backend in bytes. */
  memory(): number | undefined;

  /** Submits the form of a template; returns the id of the run. */
  runTemplate(options: {
    /** Default `template:default/node-api`. */
    template?: string;
    values: Record<string, unknown>;
  }): Promise<string>;
  /** A run as it stands. */
  task(id: string): Promise<PortalTask>;
  /** Waits for the end of a run, whatever the end. */
  waitForTask(
    id: string,
    options?: {
      /** Default 60 000. */
      timeoutMs?: number;
      /** Default 50. */
      pollMs?: number;
    },
  ): Promise<PortalTask>;

  /** Ends the portal; a temporary data folder goes with it. */
  stop(): Promise<void>;
  /** SIGKILL. The data folder stays, for another start on it. */
  kill(): Promise<void>;
}

export interface PortalTask {
  readonly id: string;
  readonly status: string;
  readonly spec: any;
  readonly events: Array<{ type: string; body: any; createdAt: string }>;
  readonly output?: any;
  readonly error?: { name: string; message: string };
}

export interface StartPortalOptions {
  /** Default: a temporary folder that `stop` removes. */
  dataDir?: string;
  /** Default: a free one. The same again for a restart on the same data. */
  port?: number;
  /** Added to the backend's environment. */
  env?: Record<string, string | undefined>;
  /** Whether with the sample organisation. Default true. */
  sample?: boolean;
  /** Whether it knows what happened there in a year. Default false: it takes seconds. */
  sampleYear?: boolean;
  /** Configuration files on top of the usual ones, absolute. */
  configs?: string[];
  /** Whether to wait for the page, which has to be built. Default true. */
  frontend?: boolean;
  /** Whether what is pushed to the forge is run on this machine. Default false. */
  runner?: boolean;
  /** Default 300 000. */
  timeoutMs?: number;
}

/** Starts the portal and waits until its catalog is filled. */
export function startPortal(options?: StartPortalOptions): Promise<Portal>;
