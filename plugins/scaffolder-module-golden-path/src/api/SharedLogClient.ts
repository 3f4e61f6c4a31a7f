import type {
  LogEvent,
  ScaffolderRequestOptions,
  ScaffolderStreamLogsOptions,
} from '@backstage/plugin-scaffolder-common';
import { ScaffolderClient } from '@backstage/plugin-scaffolder';
import { SharedLog } from './SharedLog';

type LogObservable = ReturnType<ScaffolderClient['streamLogs']>;

/**
 * The scaffolder's client with one connection for the log of a run, which ends
 * with the run.
 *
 * The page of a run follows its log four times over, and where a run may be
 * retried the connections stay for as long as the page is open. Browsers allow
 * six to one address, over all tabs: two such pages, and the portal hangs.
 *
 * @internal
 */
export class SharedLogClient extends ScaffolderClient {
  private readonly logs = new Map<string, SharedLog>();

  streamLogs(
    request: ScaffolderStreamLogsOptions,
    options?: ScaffolderRequestOptions,
  ): LogObservable {
    const { taskId, after } = request;
    const subscribe = (observer: {
      next?: (event: LogEvent) => void;
      error?: (error: Error) => void;
    }) => {
      const log = this.logs.get(taskId) ?? this.createLog(request, options);
      return log.subscribe({ after, observer });
    };

    const observable: LogObservable = {
      subscribe: (first?: unknown, onError?: (error: Error) => void) =>
        subscribe(
          typeof first === 'function'
            ? { next: event => first(event), error: onError }
            : (first as Parameters<typeof subscribe>[0]) ?? {},
        ),
      [Symbol.observable]: () => observable,
    };
    return observable;
  }

  private createLog(
    request: ScaffolderStreamLogsOptions,
    options?: ScaffolderRequestOptions,
  ): SharedLog {
    const { taskId } = request;
    const log: SharedLog = new SharedLog({
      open: after => super.streamLogs({ ...request, after }, options),
      onAbandoned: () => {
        // Another may have taken its place since
        if (this.logs.get(taskId) === log) {
          this.logs.delete(taskId);
        }
      },
    });
    this.logs.set(taskId, log);
    return log;
  }

  async retry(
    ...args: Parameters<ScaffolderClient['retry']>
  ): ReturnType<ScaffolderClient['retry']> {
    const result = await super.retry(...args);
    const [taskId] = args;
    this.logs.get(taskId)?.resume();
    return result;
  }
}
