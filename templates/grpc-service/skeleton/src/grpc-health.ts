import { EventEmitter, once } from 'node:events';
import type { DescService } from '@bufbuild/protobuf';
import { Code, ConnectError, type ConnectRouter } from '@connectrpc/connect';
import { Health, HealthCheckResponse_ServingStatus as Status } from './gen/health/v1/health_pb.ts';
import { Readiness } from './health.ts';

/** Readiness that tells when it changes. */
export class WatchedReadiness extends Readiness {
  readonly #changes = new EventEmitter().setMaxListeners(0);

  override set(ready: boolean): void {
    super.set(ready);
    this.#changes.emit('change');
  }

  /** Resolves at the next change, or when the signal is aborted. */
  async changed(signal: AbortSignal): Promise<void> {
    await once(this.#changes, 'change', { signal }).catch(() => undefined);
  }
}

export interface GrpcHealthOptions {
  readonly readiness: WatchedReadiness;
  /** Those one may ask about; the empty name stands for all of them. */
  readonly services: DescService[];
  /** Aborted when the service stops: nobody is kept waiting for changes then. */
  readonly draining: AbortSignal;
}

/** The health service that gRPC clients, balancers and meshes ask; it says what `/readyz` says. */
export function grpcHealth(router: ConnectRouter, options: GrpcHealthOptions): void {
  const { readiness, services, draining } = options;
  const names = ['', ...services.map(({ typeName }) => typeName)];
  const status = () => (readiness.ready ? Status.SERVING : Status.NOT_SERVING);

  router.service(Health, {
    check({ service }) {
      if (!names.includes(service)) {
        throw new ConnectError('There is no such service here.', Code.NotFound);
      }
      return { status: status() };
    },

    list: () => ({ statuses: Object.fromEntries(names.map(name => [name, { status: status() }])) }),

    async *watch({ service }, { signal }) {
      const over = AbortSignal.any([signal, draining]);
      const current = () => (names.includes(service) ? status() : Status.SERVICE_UNKNOWN);
      let told: Status | undefined;
      for (;;) {
        if (current() !== told) {
          told = current();
          yield { status: told };
        } else if (over.aborted) {
          return;
        } else {
          await readiness.changed(over);
        }
      }
    },
  });
}
