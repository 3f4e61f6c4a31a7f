import { startGithub as startStandIn } from '@waymark/backend-test-support';

export type Github = Awaited<ReturnType<typeof startGithub>>;

/** A GitHub for tests, and what people do there. */
export async function startGithub(options: Parameters<typeof startStandIn>[0]) {
  const github = await startStandIn(options);

  async function send(method: string, url: string, body?: unknown) {
    const response = await fetch(url, {
      method,
      headers: { authorization: `token ${github.token}` },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${url}: ${response.status} ${text}`);
    }
    return text ? JSON.parse(text) : undefined;
  }
  const rest = (method: string, path: string, body?: unknown) =>
    send(method, `${github.apiUrl}${path}`, body);
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${github.url}/_control${path}`, body);

  return {
    ...github,
    rest,
    control,
    /** One commit, which GitHub tells the webhooks of like any push. */
    async write(
      repository: string,
      path: string,
      content: string,
      branch?: string,
    ) {
      const address = `/repos/${repository}/contents/${path}`;
      const query = branch ? `?ref=${branch}` : '';
      const before = await rest('GET', `${address}${query}`).catch(() => ({}));
      await rest('PUT', address, {
        message: `Change ${path}`,
        content: Buffer.from(content).toString('base64'),
        sha: before.sha,
        branch,
      });
    },
  };
}
