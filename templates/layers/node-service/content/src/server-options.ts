import type { Server } from 'node:http';
import type { FastifyHttpOptions } from 'fastify';
import type { LogLevel } from './config.ts';
import { loggerOptions } from './logging.ts';
{%- if values.service.signals == 'http' %}
import { answerUnroutable } from './problems.ts';
{%- endif %}

/** How long callers may take, in milliseconds. Whoever takes longer is answered 408, and the connection ends. */
export const limits = {
  /** For the head of a request. */
  headers: 15_000,
  /** For all of a request, with its body. */
  request: 30_000,
  /** How often that is looked after. */
  check: 5_000,
  /** How long an idle connection is kept. Longer than balancers keep theirs, commonly 60 seconds, or they would use one that is just being closed. */
  keepAlive: 75_000,
};

/** What the server of every service has in common. */
export function serverOptions(logLevel: LogLevel, { headers, request, check, keepAlive } = limits) {
  return {
    logger: loggerOptions(logLevel),
    // An idle keep-alive connection must not hold up a shutdown
    forceCloseConnections: 'idle',
    // A request that was on its way when the shutdown began is answered like any other
    return503OnClosing: false,
    // Sent by a caller, so of no use as an identity: the trace id is the identity
    requestIdHeader: false,
    keepAliveTimeout: keepAlive,
    requestTimeout: request,
    http: { headersTimeout: headers, connectionsCheckingInterval: check },
{%- if values.service.signals == 'http' %}
    frameworkErrors: answerUnroutable,
{%- endif %}
  } satisfies FastifyHttpOptions<Server>;
}
