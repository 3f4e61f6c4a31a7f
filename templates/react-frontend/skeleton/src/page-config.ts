import type { FastifyInstance } from 'fastify';
import { serviceDescription, serviceName, serviceVersion } from './service.ts';

/** What the page is told about where it runs; its contract is in openapi.yaml. */
export interface PageConfig {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  /** The attribute `deployment.environment.name` of OTEL_RESOURCE_ATTRIBUTES, or local. */
  readonly environment: string;
  readonly apiUrl?: string;
}

/**
 * Reads what the page is told from the environment, so that one image serves every
 * environment. Everybody who opens the page can read it: no secrets here.
 */
export function readPageConfig(env: NodeJS.ProcessEnv): PageConfig {
  // Where traces and metrics have it from, too
  const environment = /(?:^|,)\s*deployment\.environment\.name=([^,]*)/.exec(env.OTEL_RESOURCE_ATTRIBUTES ?? '')?.[1]?.trim();
  const apiUrl = env.API_URL?.replace(/\/+$/, '') || undefined;
  if (apiUrl !== undefined && !(/^https?:/i.test(apiUrl) && URL.canParse(apiUrl))) {
    throw new Error(`API_URL must be an address that begins with https:// or http://, got "${apiUrl}"`);
  }
  return {
    name: serviceName,
    description: serviceDescription,
    version: serviceVersion,
    environment: environment || 'local',
    ...(apiUrl === undefined ? {} : { apiUrl }),
  };
}

/** `/config.json`, which the page asks for first. */
export async function pageConfig(app: FastifyInstance, options: { config: PageConfig }): Promise<void> {
  app.get('/config.json', async (_request, reply) => reply.header('cache-control', 'no-store').send(options.config));
}
