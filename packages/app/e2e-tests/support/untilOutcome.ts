import { type APIRequestContext, expect } from '@playwright/test';
import { askReadiness } from './askReadiness';

/**
 * Waits until a rule of the sample's production readiness has come to an outcome for
 * a component: a portal that has just started is still reading its repositories.
 */
export async function untilOutcome(
  request: APIRequestContext,
  wanted: { component: string; rule: string; outcome: string },
): Promise<void> {
  const { outcomes } = await askReadiness(request);
  await expect
    .poll(async () => (await outcomes(wanted.component))[wanted.rule], {
      timeout: 60_000,
    })
    .toBe(wanted.outcome);
}
