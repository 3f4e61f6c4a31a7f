import Fastify, { type FastifyInstance } from 'fastify';
import { greetings } from './greetings.ts';
import { health, type Readiness } from './health.ts';
import { loggerOptions } from './logging.ts';
import { answerProblems } from './problems.ts';
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
    // Nobody holds a connection for longer by sending a byte now and then
    requestTimeout: 30_000,
    routerOptions: { ignoreTrailingSlash: true },
  });

  answerProblems(app);
  tracedRoutes(app);
  await app.register(health, { readiness: options.readiness });
  await app.register(greetings, { prefix: '/v1' });
  return app;
}
