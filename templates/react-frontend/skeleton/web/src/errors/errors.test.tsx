import { render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { traceId } from '../api/trace.ts';
import { fakeService } from '../testing/fakeService.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { reportError } from './reportError.ts';
import { reportUncaughtErrors } from './reportUncaughtErrors.ts';

const address = '/v1/client-errors';

function Broken(): never {
  throw new RangeError('no such seat');
}

test('a page that fails is replaced by a word about it, and the service hears of it', async () => {
  // React says on the console, too, what an error boundary has caught
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const asked = fakeService({ [address]: [new Response(null, { status: 204 })] });
  render(
    <ErrorBoundary>
      <Broken />
    </ErrorBoundary>,
  );
  expect(await screen.findByRole('alert')).toHaveTextContent(traceId);
  expect(screen.getByRole('button', { name: 'Load the page again' })).toBeVisible();
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ url: address, body: { source: 'render', name: 'RangeError', message: 'no such seat', path: '/', version: '0.1.0' } });
  expect(asked[0]!.headers.get('traceparent')).toContain(traceId);
});

test('what nobody caught is reported, once each, within the limits of the contract', () => {
  const asked = fakeService({ [address]: [new Error('offline')] });
  const target = new EventTarget();
  reportUncaughtErrors(target);
  target.dispatchEvent(Object.assign(new Event('error'), { error: new Error('a'.repeat(1000)) }));
  target.dispatchEvent(Object.assign(new Event('error'), { message: 'Script error.' }));
  target.dispatchEvent(Object.assign(new Event('error'), { message: 'Script error.' }));
  target.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: 'gave up' }));
  expect(asked.map(({ body }) => body)).toMatchObject([
    { source: 'window', message: 'a'.repeat(500) },
    { source: 'window', message: 'Script error.' },
    { source: 'promise', name: 'Error', message: 'gave up' },
  ]);
});

test('a page that fails in a loop stops reporting', () => {
  const asked = fakeService({ [address]: [new Response(null, { status: 429 })] });
  for (let round = 0; round < 100; round++) {
    reportError('window', new Error(`failure ${round}`));
  }
  expect(asked).toHaveLength(10);
});
