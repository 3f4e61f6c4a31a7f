import { context, trace } from '@opentelemetry/api';
import { getRPCMetadata, RPCType } from '@opentelemetry/core';
import type { FastifyInstance } from 'fastify';

/**
 * Tells the HTTP instrumentation which route a request took, so that spans and
 * metrics carry `/v1/greetings/:name` and never what a caller typed.
 */
export function tracedRoutes(app: FastifyInstance): void {
  app.addHook('onRequest', async request => {
    const route = request.routeOptions.url;
    if (route === undefined) {
      return;
    }
    const metadata = getRPCMetadata(context.active());
    if (metadata?.type === RPCType.HTTP) {
      metadata.route = route;
    }
    trace.getActiveSpan()?.updateName(`${request.method} ${route}`);
  });
}
