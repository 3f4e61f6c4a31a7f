import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { context, metrics, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyBaseLogger } from 'fastify';
import { inSteps } from './call-steps.ts';
import { serviceName, serviceVersion } from './service.ts';

/** Status of a call that went well, which has no code of its own in Connect. */
const ok = 0;

/** Codes that say that the service failed, not the caller, after OpenTelemetry's conventions. */
const failures = new Set<number>([
  Code.Unknown,
  Code.DeadlineExceeded,
  Code.Unimplemented,
  Code.Internal,
  Code.Unavailable,
  Code.DataLoss,
]);

/** Services of the platform itself, asked every few seconds. */
const quiet = /^grpc\.(health|reflection)\./;

/**
 * A span, a measurement and a line in the log for each call, over whichever
 * protocol it comes; names and attributes are those of OpenTelemetry for RPC.
 */
export function observeCalls(log: FastifyBaseLogger): Interceptor {
  const tracer = trace.getTracer(serviceName, serviceVersion);
  const duration = metrics.getMeter(serviceName, serviceVersion).createHistogram('rpc.server.duration', {
    description: 'How long calls take, streams to their end',
    unit: 'ms',
    advice: { explicitBucketBoundaries: [5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 10_000] },
  });

  return next => request => {
    const { typeName } = request.service;
    if (quiet.test(typeName)) {
      return next(request);
    }
    const attributes = {
      // gRPC-Web is gRPC
      'rpc.system': request.header.get('content-type')?.startsWith('application/grpc') ? 'grpc' : 'connect_rpc',
      'rpc.service': typeName,
      'rpc.method': request.method.name,
    };

    // HTTP/1.1 has a span already, which continues the trace of the caller
    const http = trace.getActiveSpan();
    const parent = http ? context.active() : propagation.extract(context.active(), request.header, headers);
    const span = http ?? tracer.startSpan(`${typeName}/${request.method.name}`, { kind: SpanKind.SERVER }, parent);
    span.setAttributes(attributes);
    const within = trace.setSpan(parent, span);

    const started = performance.now();
    return inSteps({
      next,
      request,
      steps: {
        around: step => context.with(within, step),
        ended: error => {
          const code = error === undefined ? ok : ConnectError.from(error, Code.Internal).code;
          const durationMs = performance.now() - started;
          duration.record(durationMs, { ...attributes, 'rpc.grpc.status_code': code }, within);
          span.setAttribute('rpc.grpc.status_code', code);
          context.with(within, () => {
            const rpc = { service: typeName, method: request.method.name, code, durationMs: Math.round(durationMs * 1000) / 1000 };
            if (failures.has(code)) {
              markFailed(span, error);
              log.error({ rpc, err: causeOf(error) }, 'call failed');
            } else {
              log.info({ rpc }, 'call completed');
            }
          });
          if (!http) {
            span.end();
          }
        },
      },
    });
  };
}

function markFailed(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  if (error instanceof Error) {
    span.recordException(causeOf(error));
  }
}

/** What went wrong inside, of which a caller hears nothing. */
function causeOf(error: unknown): Error {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error ? cause : (error as Error);
}

const headers = {
  get: (carrier: Headers, key: string) => carrier.get(key) ?? undefined,
  keys: (carrier: Headers) => [...carrier.keys()],
};
