/**
 * Traces and metrics. Loaded with `node --import` before anything else, because
 * the instrumentation has to see `node:http` before the web framework does.
 *
 * Traces are sent only where the standard variables say where to
 * (OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT); without
 * them nothing leaves the process, and log lines carry trace ids all the same.
 */
import { metrics } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { serviceName, serviceVersion } from './service.ts';
import { readConfig } from './config.ts';

const config = readConfig(process.env);

// Names of the stable semantic conventions
process.env.OTEL_SEMCONV_STABILITY_OPT_IN ??= 'http';

/** Requests of the platform itself: no spans and no metrics for them. */
const ignoredPaths = new Set(['/healthz', '/readyz', '/metrics']);

const resource = defaultResource()
  .merge(resourceFromAttributes({ 'service.name': serviceName, 'service.version': serviceVersion }))
  // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win
  .merge(detectResources({ detectors: [envDetector] }));

const traceEndpoint = process.env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
const tracesWanted = Boolean(traceEndpoint) && process.env.OTEL_TRACES_EXPORTER !== 'none' && process.env.OTEL_SDK_DISABLED !== 'true';

const tracerProvider = new NodeTracerProvider({
  resource,
  spanProcessors: tracesWanted ? [new BatchSpanProcessor(new OTLPTraceExporter())] : [],
});
tracerProvider.register();

const prometheus = new PrometheusExporter({ port: config.metricsPort, host: config.host, preventServerStart: true, withoutScopeInfo: true });
const meterProvider = new MeterProvider({ resource, readers: [prometheus] });
// For metrics of the service's own: metrics.getMeter(…)
metrics.setGlobalMeterProvider(meterProvider);

registerInstrumentations({
  tracerProvider,
  meterProvider,
  instrumentations: [
    new HttpInstrumentation({
      ignoreIncomingRequestHook: request => ignoredPaths.has(request.url?.split('?', 1)[0] ?? ''),
    }),
    new RuntimeNodeInstrumentation(),
  ],
});

/** Starts to serve the metrics. */
export async function startTelemetry(): Promise<void> {
  await prometheus.startServer();
}

/** Sends what is still waiting to be sent and stops. */
export async function stopTelemetry(): Promise<void> {
  await Promise.allSettled([tracerProvider.shutdown(), meterProvider.shutdown()]);
}
