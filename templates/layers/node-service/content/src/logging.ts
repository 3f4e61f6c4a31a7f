import { trace } from '@opentelemetry/api';
import type { FastifyServerOptions } from 'fastify';
import type { LogLevel } from './config.ts';

/** One JSON object per line on standard output, each with the ids of the trace it belongs to. */
export function loggerOptions(level: LogLevel): Exclude<FastifyServerOptions['logger'], boolean | undefined> {
  return {
    level,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: label => ({ level: label }) },
    redact: ['req.headers.authorization', 'req.headers.cookie'],
    mixin: () => {
      const span = trace.getActiveSpan()?.spanContext();
      return span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
    },
  };
}
