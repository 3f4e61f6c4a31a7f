import { metrics } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import { Allowance } from './allowance.ts';

const sources = ['render', 'window', 'promise'] as const;

interface ClientError {
  readonly source: (typeof sources)[number];
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly path: string;
  readonly version: string;
}

const text = (maxLength: number) => ({ type: 'string', maxLength });

/** What one instance takes. Anybody can send reports, and the log is paid by the line. */
const perMinute = 60;

/**
 * `/v1/client-errors`: errors in browsers, into the log and the metrics of the
 * service. Whatever a report says is data: bounded, on one line, never a label.
 */
export async function clientErrors(app: FastifyInstance, options: { allowance?: Allowance }): Promise<void> {
  const { allowance = new Allowance({ amount: perMinute, perMs: 60_000 }) } = options;
  const meter = metrics.getMeter('client-errors');
  const counted = meter.createCounter('client_errors', { description: 'Errors that browsers reported' });
  // A rate begins with the first error only if there was a zero before it
  sources.forEach(source => counted.add(0, { source }));
  const refused = meter.createCounter('client_errors_refused', { description: 'Reports beyond what is taken in a minute' });

  // Another site's page can send text without asking first; JSON it cannot
  app.removeContentTypeParser('text/plain');

  app.post<{ Body: ClientError }>(
    '/client-errors',
    {
      bodyLimit: 16 * 1024,
      schema: {
        body: {
          type: 'object',
          additionalProperties: false,
          required: ['source', 'name', 'message', 'path', 'version'],
          properties: {
            source: { type: 'string', enum: sources },
            name: text(100),
            message: text(500),
            stack: text(4000),
            path: text(200),
            version: text(50),
          },
        },
      },
      onRequest: async (_request, reply) => {
        const waitMs = allowance.take();
        if (waitMs > 0) {
          refused.add(1);
          return reply.code(429).header('retry-after', Math.ceil(waitMs / 1000)).type('application/problem+json').send({
            title: 'Too Many Requests',
            status: 429,
            detail: 'There were too many reports in the last minute.',
          });
        }
      },
    },
    async (request, reply) => {
      const { source, ...error } = request.body;
      counted.add(1, { source });
      request.log.warn({ client_error: { source, ...error } }, 'error in a browser');
      return reply.code(204).send();
    },
  );
}
