import Fastify, { type FastifyInstance } from 'fastify';
import type { Allowance } from './allowance.ts';
import { clientErrors } from './client-errors.ts';
import type { LogLevel } from './config.ts';
import { health, type Readiness } from './health.ts';
import { pageConfig, type PageConfig } from './page-config.ts';
import type { Page } from './page.ts';
import { pages } from './pages.ts';
import { answerProblems } from './problems.ts';
import { securityHeaders } from './security-headers.ts';
import { serverOptions } from './server-options.ts';
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
    ...serverOptions(options.logLevel),
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
