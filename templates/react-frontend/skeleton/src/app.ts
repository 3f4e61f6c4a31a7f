import Fastify, { type FastifyInstance } from 'fastify';
import type { Allowance } from './allowance.ts';
import { clientErrors } from './client-errors.ts';
import type { LogLevel } from './config.ts';
import { health, type Readiness } from './health.ts';
import { loggerOptions } from './logging.ts';
import { pageConfig, type PageConfig } from './page-config.ts';
import type { Page } from './page.ts';
import { pages } from './pages.ts';
import { answerProblems } from './problems.ts';
import { securityHeaders } from './security-headers.ts';
import { tracedRoutes } from './tracing.ts';

export interface AppOptions {
  readonly logLevel: LogLevel;
  readonly readiness: Readiness;
  readonly page: Page;
  readonly pageConfig: PageConfig;
  /** How many errors of browsers are taken; by default 60 a minute. */
  readonly clientErrors?: Allowance;
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
    // Reports are checked as they come, never bent into shape
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });

  answerProblems(app);
  tracedRoutes(app);
  securityHeaders(app, options.pageConfig);
  await app.register(health, { readiness: options.readiness });
  await app.register(pageConfig, { config: options.pageConfig });
  await app.register(clientErrors, { prefix: '/v1', allowance: options.clientErrors });
  await app.register(pages, { page: options.page });
  return app;
}
