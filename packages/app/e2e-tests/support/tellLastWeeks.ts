import { expect, type APIRequestContext } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const WEEKS = 6;
const WEEK = 7 * 24 * 60 * 60 * 1000;

/**
 * Tells the portal what happened at the sample organisation in the last weeks, and
 * waits until its metrics know of it. The whole year would take seconds.
 *
 * @param options - `dataDir`: of the test
 */
export async function tellLastWeeks(options: {
  request: APIRequestContext;
  url: string;
  dataDir: string;
}): Promise<void> {
  const { request, url, dataDir } = options;
  const now = new Date();
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(
    path.join(dataDir, 'sample-year.json'),
    JSON.stringify({
      anchor: now.toISOString().slice(0, 10),
      until: new Date(now.getTime() - WEEKS * WEEK).toISOString(),
    }),
  );
  // The scripts of the repository are no package
  const { sendSampleYear } =
    // eslint-disable-next-line @backstage/no-relative-monorepo-imports
    await import('../../../../scripts/lib/sample-year.mjs');
  await sendSampleYear({ url, dataDir, now });

  const signIn = await request.post('/api/auth/personas/refresh', {
    headers: {
      'x-requested-with': 'XMLHttpRequest',
      'x-persona': 'user:default/helena.strand',
    },
  });
  const { token } = (await signIn.json()).backstageIdentity;
  await expect
    .poll(
      async () => {
        const response = await request.get(
          '/api/golden-paths/reports/summary?weeks=13',
          { headers: { authorization: `Bearer ${token}` } },
        );
        const { metrics = [] } = await response.json();
        return metrics
          .filter(({ value }: { value?: number }) => value !== undefined)
          .map(({ id }: { id: string }) => id);
      },
      { timeout: 60_000 },
    )
    .toEqual(
      expect.arrayContaining([
        'deployment-frequency',
        'change-lead-time',
        'support-load',
      ]),
    );
}
