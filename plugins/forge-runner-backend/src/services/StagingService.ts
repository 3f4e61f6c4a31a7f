import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { ServiceState } from '@waymark/plugin-forge-runner-common';
import { ServiceLog } from '../logs/ServiceLog';
import { ProcessLauncher } from '../processes/ProcessLauncher';
import { Build, Deployment } from './Deployment';
import { isListening } from './isListening';
import { LoopbackProxy } from './LoopbackProxy';

/** Milliseconds a service may take to end after it was asked to. */
const GRACE_MS = 5000;

/**
 * How a service is started again that ended by itself.
 *
 * @internal
 */
export interface RestartPolicy {
  /** Milliseconds before each time; after the last one it has crashed. */
  pauses: number[];
  /** Milliseconds after which it counts as healthy again. */
  healthyAfter: number;
}

/** @internal */
export interface ServiceStatus {
  state: ServiceState;
  reason?: string;
  /** Milliseconds since 1970. */
  since?: number;
  /** Where it answers. */
  url?: string;
  /** Where it answers gRPC, if it does. */
  grpcAddress?: string;
  /** Number of the run whose build it is. */
  run?: number;
}

/**
 * The service of one repository: which build runs, behind which address.
 *
 * @internal
 */
export class StagingService {
  readonly #launcher: ProcessLauncher;
  readonly #log: ServiceLog;
  readonly #logger: LoggerService;
  readonly #onChange: (status: ServiceStatus & { port?: number }) => void;
  readonly #proxy = new LoopbackProxy();
  readonly #grpcProxy = new LoopbackProxy();
  readonly #readyTimeoutMs: number;
  readonly #restarts: RestartPolicy;
  #current: Deployment | undefined;
  #status: ServiceStatus;
  #port: number | undefined;
  #grpcPort: number | undefined;
  #failures = 0;
  #lastStart = 0;
  #timer: NodeJS.Timeout | undefined;
  /** One thing at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: {
    launcher: ProcessLauncher;
    logFile: string;
    logger: LoggerService;
    maxLogBytes: number;
    onChange: (status: ServiceStatus & { port?: number }) => void;
    /** The port of its address, when it had one before. */
    port: number | undefined;
    readyTimeoutMs: number;
    restarts: RestartPolicy;
    status: ServiceStatus;
  }) {
    this.#launcher = options.launcher;
    this.#log = new ServiceLog({
      path: options.logFile,
      maxBytes: options.maxLogBytes,
    });
    this.#logger = options.logger;
    this.#onChange = options.onChange;
    this.#port = options.port;
    this.#readyTimeoutMs = options.readyTimeoutMs;
    this.#restarts = options.restarts;
    this.#status = options.status;
  }

  get status(): ServiceStatus {
    return this.#status;
  }

  /**
   * Starts a build, and puts it in the place of the present one once it is ready.
   * Should it not become ready, the present one stays.
   *
   * @throws Error for people
   */
  async deploy(
    build: Build,
    options: { reason?: string; signal?: AbortSignal } = {},
  ): Promise<ServiceStatus> {
    return this.#inTurn(async () => {
      this.#failures = 0;
      clearTimeout(this.#timer);
      const before = this.#status;
      if (!this.#current) {
        this.#set({ state: 'starting', run: build.run });
      }
      try {
        await this.#replace(build, options);
      } catch (error) {
        this.#log.note(`Build ${build.run}: ${toError(error).message}`);
        if (!this.#current) {
          this.#set(
            before.state === 'none' || before.state === 'starting'
              ? { state: 'none' }
              : before,
          );
        }
        throw error;
      }
      return this.#status;
    });
  }

  /** As {@link StagingService.deploy}; when it fails, it has crashed. */
  async start(build: Build): Promise<ServiceStatus> {
    try {
      return await this.deploy(build);
    } catch (error) {
      return this.#inTurn(async () => {
        if (!this.#current) {
          this.#crash(build.run, toError(error).message);
        }
        return this.#status;
      });
    }
  }

  /** Ends it, and keeps it ended. */
  async stop(reason: string): Promise<ServiceStatus> {
    return this.#inTurn(async () => {
      await this.#end(reason);
      const { run } = this.#status;
      this.#set({ state: 'stopped', reason, run });
      return this.#status;
    });
  }

  /** Ends it with the portal; nothing is remembered of that. */
  async shutDown(): Promise<void> {
    await this.#inTurn(() => this.#end('The portal ends'));
  }

  async #end(reason: string): Promise<void> {
    clearTimeout(this.#timer);
    const current = this.#current;
    this.#current = undefined;
    await Promise.all([this.#proxy.close(), this.#grpcProxy.close()]);
    if (current) {
      this.#log.note(`Stops: ${reason}`);
      await current.process.end({ graceMs: GRACE_MS });
    }
  }

  async #replace(
    build: Build,
    options: { reason?: string; signal?: AbortSignal },
  ): Promise<void> {
    const input = this.#log.input();
    const next = await Deployment.start({
      build,
      launcher: this.#launcher,
      log: { write: input.write, note: text => this.#log.note(text) },
      readyTimeoutMs: this.#readyTimeoutMs,
      signal: options.signal,
    });
    let grpcAddress: string | undefined;
    try {
      this.#port = await this.#proxy.listen(this.#port);
      grpcAddress = await this.#offerGrpc(next);
    } catch (error) {
      await next.process.end({ graceMs: GRACE_MS });
      input.end();
      throw error;
    }
    // Nothing can fail from here on: the present one stays until then
    const before = this.#current;
    this.#current = next;
    this.#lastStart = Date.now();
    this.#proxy.setTarget(next.port);
    this.#log.note(`Build ${build.run} is ready`);
    this.#set({
      state: 'running',
      reason: options.reason,
      run: build.run,
      url: `http://localhost:${this.#port}`,
      grpcAddress,
    });
    next.process.ended
      .then(({ problem }) => {
        input.end();
        if (this.#current === next) {
          this.#recover(next, problem ?? 'It ended with exit code 0');
        }
      })
      .catch(error => this.#logger.error(String(error)));
    if (before) {
      this.#log.note(`Build ${before.build.run} stops`);
      await before.process.end({ graceMs: GRACE_MS });
    }
  }

  /** Hands calls of gRPC to a build that answers them, at an address that stays, too. */
  async #offerGrpc({ grpcPort }: Deployment): Promise<string | undefined> {
    if (!(await isListening(grpcPort))) {
      await this.#grpcProxy.close();
      return undefined;
    }
    this.#grpcPort = await this.#grpcProxy.listen(this.#grpcPort);
    this.#grpcProxy.setTarget(grpcPort);
    return `localhost:${this.#grpcPort}`;
  }

  /** It ended by itself. */
  #recover({ build }: Deployment, problem: string): void {
    this.#current = undefined;
    this.#proxy.setTarget(undefined);
    this.#grpcProxy.setTarget(undefined);
    this.#log.note(problem);
    const { healthyAfter, pauses } = this.#restarts;
    if (Date.now() - this.#lastStart > healthyAfter) {
      this.#failures = 0;
    }
    const pause = pauses[this.#failures];
    this.#failures += 1;
    if (pause === undefined) {
      this.#crash(build.run, problem);
      return;
    }
    this.#set({
      state: 'restarting',
      run: build.run,
      reason: `${problem}. It is started again`,
      url: this.#status.url,
      grpcAddress: this.#status.grpcAddress,
    });
    this.#timer = setTimeout(() => {
      this.#inTurn(async () => {
        if (this.#status.state !== 'restarting') {
          return;
        }
        try {
          await this.#replace(build, {});
        } catch (error) {
          this.#log.note(toError(error).message);
          this.#crash(build.run, toError(error).message);
        }
      }).catch(error => this.#logger.error(String(error)));
    }, pause);
    this.#timer.unref();
  }

  #crash(run: number, problem: string): void {
    const times = this.#failures;
    this.#set({
      state: 'crashed',
      run,
      reason:
        times > 1
          ? `It ended by itself ${times} times, at last: ${problem}`
          : problem,
    });
    Promise.all([this.#proxy.close(), this.#grpcProxy.close()]).catch(error =>
      this.#logger.error(String(error)),
    );
  }

  #set(status: ServiceStatus): void {
    this.#status = { ...status, since: Date.now() };
    this.#onChange({ ...this.#status, port: this.#port });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }
}
