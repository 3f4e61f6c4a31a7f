import Fastify, { type FastifyInstance } from 'fastify';
import { greetings } from './greetings.ts';
import { health, type Readiness } from './health.ts';
import { answerProblems } from './problems.ts';
import { serverOptions } from './server-options.ts';
import { tracedRoutes } from './tracing.ts';
import type { LogLevel } from './config.ts';

export interface AppOptions {
  readonly logLevel: LogLevel;
  readonly readiness: Readiness;
}

/** Puts the service together; the caller decides where it listens. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    ...serverOptions(options.logLevel),
    routerOptions: { ignoreTrailingSlash: true },
  });

  answerProblems(app);
  tracedRoutes(app);
  await app.register(health, { readiness: options.readiness });
  await app.register(greetings, { prefix: '/v1' });
  return app;
}
