import type { Page } from '@playwright/test';
import { pickGithubAccount } from '../../support/pickGithubAccount';
import { loadSignIn } from './scripts';
import { situation } from './situation';

/** Opens a page of the portal as somebody with an account on GitHub. */
export async function enterAs(
  page: Page,
  address: string,
  name: string,
): Promise<void> {
  await page.goto(`${situation().url}${address}`);
  await pickGithubAccount(page, name);
}

const tokens = new Map<string, string>();

/** Calls the portal's API as somebody who has signed in with GitHub. */
export async function callAs(
  login: string,
  path: string,
  init: { method?: string; body?: unknown } = {},
): Promise<{ status: number; body: any }> {
  const { url } = situation();
  let token = tokens.get(login);
  if (!token) {
    const { tokenOf } = await loadSignIn();
    token = String(await tokenOf({ url, login }));
    tokens.set(login, token);
  }
  const { method = 'GET', body } = init;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  let parsed: unknown = text;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Not everything is JSON
  }
  return { status: response.status, body: parsed };
}
