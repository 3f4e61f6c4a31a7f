import { traceparent } from '../api/trace.ts';

/** How an error came to light. */
export type ErrorSource = 'render' | 'window' | 'promise';

/** A page that fails in a loop says so ten times, not a thousand. */
const most = 10;
const reported = new Set<string>();

/** Tells the service of an error, for its log and metrics. Never throws and never waits. */
export function reportError(source: ErrorSource, error: unknown): void {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const key = `${source} ${name} ${message}`;
  if (reported.size >= most || reported.has(key)) {
    return;
  }
  reported.add(key);
  fetch('/v1/client-errors', {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: traceparent() },
    // The limits of openapi.yaml. No query: it may hold what people typed
    body: JSON.stringify({
      source,
      name: name.slice(0, 100),
      message: message.slice(0, 500),
      stack: stack?.slice(0, 4000),
      path: window.location.pathname.slice(0, 200),
      version: __VERSION__,
    }),
    // Also when the reader leaves at this moment
    keepalive: true,
  }).catch(() => undefined);
}

/** Forgets what was reported. */
export function forgetReportedErrors(): void {
  reported.clear();
}
