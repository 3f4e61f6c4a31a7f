import { expect, type APIRequestContext } from '@playwright/test';

/**
 * Starts a run of a golden path as guest, without its form, for tests of what comes
 * after it. Answers with the address of its page.
 */
export async function startRun(
  request: APIRequestContext,
  options: { template: string; values: Record<string, string> },
): Promise<string> {
  const { template, values } = options;
  const { backstageIdentity } = await (
    await request.post('/api/auth/guest/refresh')
  ).json();
  const started = await request.post('/api/scaffolder/v2/tasks', {
    headers: { authorization: `Bearer ${backstageIdentity.token}` },
    data: {
      templateRef: `template:default/${template}`,
      values: { owner: 'group:default/platform', ...values },
    },
  });
  expect(started.status(), await started.text()).toBe(201);
  const { id } = await started.json();
  return `/create/tasks/${id}`;
}
