import type { FastifyInstance } from 'fastify';

/** Whether the service wants traffic. */
export class Readiness {
  #ready = false;

  get ready(): boolean {
    return this.#ready;
  }

  set(ready: boolean): void {
    this.#ready = ready;
  }
}

/**
 * `/healthz` answers as long as the process can serve at all: restarting helps
 * only if it does not. `/readyz` says whether to send traffic here.
 */
export async function health(app: FastifyInstance, options: { readiness: Readiness }): Promise<void> {
  // Probes come every few seconds and say nothing worth a log line
  const quiet = { logLevel: 'warn' } as const;

  app.get('/healthz', quiet, async () => ({ status: 'ok' }));

  app.get('/readyz', quiet, async (_request, reply) =>
    options.readiness.ready ? { status: 'ready' } : reply.code(503).send({ status: 'not ready' }),
  );
}
