import Fastify, { type FastifyInstance } from 'fastify';
import { greetings } from './greetings.ts';
import { health, type Readiness } from './health.ts';
import { loggerOptions } from './logging.ts';
import { tracedRoutes } from './tracing.ts';
import type { LogLevel } from './config.ts';

export interface AppOptions {
  readonly logLevel: LogLevel;
  readonly readiness: Readiness;
}

/** Puts the service together; the caller decides where it listens. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: loggerOptions(options.logLevel),
    // An idle keep-alive connection must not hold up a shutdown
    forceCloseConnections: 'idle',
    // A request that was on its way when the shutdown began is answered like any other
    return503OnClosing: false,
    // Sent by a caller, so of no use as an identity: the trace id is the identity
    requestIdHeader: false,
    routerOptions: { ignoreTrailingSlash: true },
  });

  app.setErrorHandler(async (error: { statusCode?: number; message: string }, request, reply) => {
    const status = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : 500;
    if (status === 500) {
      request.log.error({ err: error }, 'request failed');
    }
    return reply
      .code(status)
      .type('application/problem+json')
      .send({
        title: status === 500 ? 'Internal Server Error' : 'Bad Request',
        status,
        // What went wrong inside is for the log, not for the caller
        detail: status === 500 ? 'The request could not be served.' : error.message,
      });
  });

  app.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).type('application/problem+json').send({
      title: 'Not Found',
      status: 404,
      detail: 'There is nothing at this address.',
    }),
  );

  tracedRoutes(app);
  await app.register(health, { readiness: options.readiness });
  await app.register(greetings, { prefix: '/v1' });
  return app;
}
