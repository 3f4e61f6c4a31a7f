import { type APIRequestContext, expect } from '@playwright/test';

/**
 * Waits until a rule of the sample's production readiness has come to an outcome for
 * a component: a portal that has just started is still reading its repositories.
 */
export async function untilOutcome(
  request: APIRequestContext,
  wanted: { component: string; rule: string; outcome: string },
): Promise<void> {
  const signIn = await request.post('/api/auth/guest/refresh', {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  });
  const { token } = (await signIn.json()).backstageIdentity;
  const readOutcome = async () => {
    const response = await request.get(
      `/api/scorecards/entities/component/default/${wanted.component}`,
      { headers: { authorization: `Bearer ${token}` } },
    );
    const standing: {
      scorecards?: {
        scorecardRef: string;
        rules: { ruleId: string; outcome: string }[];
      }[];
    } = await response.json();
    return standing.scorecards
      ?.find(
        ({ scorecardRef }) =>
          scorecardRef === 'scorecard:default/production-readiness',
      )
      ?.rules.find(({ ruleId }) => ruleId === wanted.rule)?.outcome;
  };
  await expect.poll(readOutcome, { timeout: 60_000 }).toBe(wanted.outcome);
}
