/** One trace for everything this page view asks for, so that logs and traces of all services find together. */
export const traceId = randomHex(16);

/** The header of W3C Trace Context for one request. */
export function traceparent(): string {
  return `00-${traceId}-${randomHex(8)}-01`;
}

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), byte => byte.toString(16).padStart(2, '0')).join('');
}
