import { situation } from './situation';

export const owner = () => situation().github.organization;

/** The personal token of somebody. */
export function tokenOf(login: string): string {
  const found = situation().github.users.find(user => user.login === login);
  if (!found) {
    throw new Error(`Nobody is called ${login}`);
  }
  return found.token;
}

async function answer(response: Response) {
  const text = await response.text();
  return {
    status: response.status,
    body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {},
  };
}

/** Calls the API of GitHub, as its owner or as somebody else. */
export async function github(
  path: string,
  init: { as?: string; method?: string; body?: unknown } = {},
): Promise<{ status: number; body: any }> {
  const { as, method = 'GET', body } = init;
  const { apiUrl, token } = situation().github;
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    headers: { authorization: `token ${as ? tokenOf(as) : token}` },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return answer(response);
}

/** What only the GitHub for tests has. */
export async function control(
  path: string,
  init: { method?: string; body?: unknown } = {},
): Promise<any> {
  const { method = 'GET', body } = init;
  const response = await fetch(`${situation().github.url}/_control${path}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const { status, body: answered } = await answer(response);
  if (status >= 300) {
    throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answered)}`);
  }
  return answered;
}

/** The text of a file on the default branch. */
export async function fileOf(
  repository: string,
  path: string,
): Promise<string> {
  const { status, body } = await github(
    `/repos/${owner()}/${repository}/contents/${path}`,
  );
  if (status !== 200) {
    throw new Error(`${repository}/${path}: ${status}`);
  }
  return Buffer.from(body.content, 'base64').toString('utf8');
}
