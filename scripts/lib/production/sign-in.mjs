/**
 * Signs in as a person of the GitHub stand-in, as a browser does: to GitHub, the
 * choice of who one is, back to the portal. Returns what the window that did this
 * tells the portal's page: `response` or `error`.
 *
 * @param {{ url: string, login: string }} options
 */
export async function signIn({ url, login }) {
  const start = await fetch(`${url}/api/auth/github/start?env=production`, {
    redirect: 'manual',
  });
  if (start.status !== 302) {
    throw new Error(`The start of sign-in answers ${start.status}`);
  }
  const cookie = start.headers
    .getSetCookie()
    // Those of old sessions are taken back with an empty value
    .filter(text => !/Max-Age=0;/.test(text))
    .map(text => text.split(';')[0])
    .join('; ');
  const chosen = await fetch(start.headers.get('location'), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ login }),
  });
  const back = await fetch(chosen.headers.get('location'), {
    headers: { cookie },
  });
  const page = await back.text();
  const [, encoded] = page.match(/decodeURIComponent\('([^']+)'\)/) ?? [];
  if (!encoded) {
    throw new Error(`The end of sign-in answers ${back.status}: ${page}`);
  }
  return JSON.parse(decodeURIComponent(encoded));
}

/** Signs in, and in again until the catalog knows the person. */
export async function tokenOf({ url, login, timeoutMs = 60_000 }) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const { response, error } = await signIn({ url, login });
    if (response) {
      return response.backstageIdentity.token;
    }
    if (Date.now() > end) {
      throw new Error(`${login} was not let in: ${error?.message}`);
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}
