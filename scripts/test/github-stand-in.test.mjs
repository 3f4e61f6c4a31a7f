import assert from 'node:assert/strict';
import { createHmac, createPublicKey, createSign, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { git } from '../lib/git.mjs';
import { startGithub } from '../stand-ins/github/startGithub.mjs';

const org = 'kestrelvale-rail';

/** Something that keeps what webhooks send it. */
async function startReceiver() {
  const received = [];
  const server = http.createServer(async (req, res) => {
    const chunks = [];
    for await (const chunk of req) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    received.push({ headers: req.headers, body, payload: JSON.parse(body) });
    res.end('taken');
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/hook`,
    received,
    stop: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(resolve));
    },
  };
}

describe('GitHub stand-in', () => {
  let receiver;
  let github;
  let directory;
  before(async () => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'waymark-test-'));
    receiver = await startReceiver();
    github = await startGithub({ webhook: { url: receiver.url } });
  });
  after(async () => {
    await github?.stop();
    await receiver?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const tokenOf = login =>
    github.users.find(user => user.login === login).token;

  async function ask(
    method,
    address,
    { token = github.token, body, headers } = {},
  ) {
    const url = address.startsWith('http')
      ? address
      : `${github.apiUrl}${address}`;
    const response = await fetch(url, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    const json = /application\/json/.test(
      response.headers.get('content-type') ?? '',
    );
    return {
      status: response.status,
      headers: response.headers,
      body: json ? JSON.parse(text) : text,
    };
  }

  const control = (method, address, body) =>
    ask(method, `${github.url}/_control/${address}`, { token: null, body });

  async function settled() {
    await control('GET', 'deliveries?settled');
    return receiver.received;
  }

  async function createRepository(name, settings) {
    const { status } = await ask('POST', `/orgs/${org}/repos`, {
      body: { name, ...settings },
    });
    assert.equal(status, 201);
    return {
      api: `/repos/${org}/${name}`,
      address: `${github.url}/${org}/${name}.git`,
    };
  }

  const as = token => ({ username: 'x-access-token', password: token });

  async function workingCopy(name, files) {
    const cwd = path.join(directory, name);
    await git(['init', '--quiet', '--initial-branch=main', cwd]);
    await commit(cwd, files);
    return cwd;
  }

  async function commit(cwd, files) {
    for (const [file, content] of Object.entries(files)) {
      writeFileSync(path.join(cwd, file), content);
    }
    await git(['add', '--all'], { cwd });
    await git(['commit', '--quiet', '--message=A change'], { cwd });
    return git(['rev-parse', 'HEAD'], { cwd });
  }

  it('answers as GitHub does to wrong credentials and hidden things', async () => {
    const wrong = await ask('GET', '/user', { token: 'ghp_none' });
    assert.equal(wrong.status, 401);
    assert.equal(wrong.body.message, 'Bad credentials');

    const { api } = await createRepository('hidden', { private: true });
    const anonymous = await ask('GET', api, { token: null });
    assert.equal(anonymous.status, 404);
    assert.equal(anonymous.body.message, 'Not Found');
    assert.equal((await ask('GET', api)).body.visibility, 'private');

    const { body } = await control('POST', 'users', { login: 'outsider' });
    assert.equal((await ask('GET', api, { token: body.token })).status, 404);

    const limited = await control('POST', 'tokens', {
      login: 'maren-osei',
      scopes: ['read:user'],
    });
    const answer = await ask('GET', api, { token: limited.body.token });
    assert.equal(answer.status, 404);
    assert.equal(answer.headers.get('x-oauth-scopes'), 'read:user');

    const again = await ask('POST', `/orgs/${org}/repos`, {
      body: { name: 'hidden' },
    });
    assert.equal(again.status, 422);
    assert.equal(
      again.body.errors[0].message,
      'name already exists on this account',
    );
  });

  it('takes pushes from who may write, and serves clones', async () => {
    const { api, address } = await createRepository('pushed', {
      private: true,
    });
    const cwd = await workingCopy('pushed', { 'a.txt': 'one\n' });
    await assert.rejects(git(['push', '--quiet', address, 'main'], { cwd }));
    const maren = { cwd, credentials: as(tokenOf('maren-osei')) };
    await assert.rejects(
      git(['push', '--quiet', address, 'main'], maren),
      /Permission to kestrelvale-rail\/pushed\.git denied to maren-osei/,
    );
    const team = await ask('PUT', `/orgs/${org}/teams/ticketing${api}`, {
      body: { permission: 'push' },
    });
    assert.equal(team.status, 204);
    await git(['push', '--quiet', address, 'main'], maren);

    const clone = path.join(directory, 'clone');
    await git(['clone', '--quiet', address, clone], {
      credentials: as(tokenOf('priya-nandal')),
    });
    assert.equal(
      await git(['rev-parse', 'HEAD'], { cwd: clone }),
      await git(['rev-parse', 'HEAD'], { cwd }),
    );
    const raw = await ask('GET', `${api}/contents/a.txt`, {
      headers: { accept: 'application/vnd.github.raw' },
    });
    assert.equal(raw.body, 'one\n');
  });

  it('signs webhooks, and delivers again under the same id', async () => {
    const { api, address } = await createRepository('told');
    const cwd = await workingCopy('told', { 'catalog-info.yaml': 'a: 1\n' });
    const options = { cwd, credentials: as(github.token) };
    await git(['push', '--quiet', address, 'main'], options);
    const sha = await commit(cwd, {
      'catalog-info.yaml': 'a: 2\n',
      'b.txt': '',
    });
    await git(['push', '--quiet', address, 'main'], options);

    const pushes = (await settled()).filter(
      ({ headers, payload }) =>
        headers['x-github-event'] === 'push' &&
        payload.repository.name === 'told',
    );
    assert.equal(pushes.length, 2);
    const first = pushes.find(({ payload }) => payload.created);
    const second = pushes.find(({ payload }) => payload.after === sha);
    assert.equal(first.payload.ref, 'refs/heads/main');
    assert.equal(second.payload.before, first.payload.after);
    assert.deepEqual(
      second.payload.commits.map(({ id, added, modified }) => ({
        id,
        added,
        modified,
      })),
      [{ id: sha, added: ['b.txt'], modified: ['catalog-info.yaml'] }],
    );
    const digest = createHmac('sha256', github.webhookSecret)
      .update(second.body)
      .digest('hex');
    assert.equal(second.headers['x-hub-signature-256'], `sha256=${digest}`);

    const [hook] = (await ask('GET', `/orgs/${org}/hooks`)).body;
    assert.equal(hook.config.secret, '********');
    const deliveries = `/orgs/${org}/hooks/${hook.id}/deliveries`;
    const guid = second.headers['x-github-delivery'];
    const list = (await ask('GET', `${deliveries}?per_page=100`)).body;
    const { id, status_code: code } = list.find(entry => entry.guid === guid);
    assert.equal(code, 200);
    const attempt = await ask('POST', `${deliveries}/${id}/attempts`);
    assert.equal(attempt.status, 202);
    const same = (await settled()).filter(
      ({ headers }) => headers['x-github-delivery'] === guid,
    );
    assert.equal(same.length, 2);
    assert.deepEqual(same[0].body, same[1].body);
    assert.equal((await ask('DELETE', api)).status, 204);
  });

  it('protects branches and merges what was reviewed', async () => {
    const { api, address } = await createRepository('guarded');
    const cwd = await workingCopy('guarded', {
      CODEOWNERS: `* @${org}/ticketing\n`,
      'a.txt': 'one\n',
    });
    await git(['push', '--quiet', address, 'main'], {
      cwd,
      credentials: as(github.token),
    });
    await ask('PUT', `/orgs/${org}/teams/ticketing${api}`, {
      body: { permission: 'push' },
    });
    const teams = (await ask('GET', `${api}/teams`)).body;
    assert.deepEqual(
      teams.map(({ slug, permission }) => [slug, permission]),
      [['ticketing', 'push']],
    );
    const protection = `${api}/branches/main/protection`;
    assert.equal(
      (await ask('GET', protection)).body.message,
      'Branch not protected',
    );
    const incomplete = await ask('PUT', protection, { body: {} });
    assert.equal(incomplete.status, 422);
    const set = await ask('PUT', protection, {
      body: {
        required_status_checks: { strict: false, contexts: ['test'] },
        enforce_admins: true,
        required_pull_request_reviews: { require_code_owner_reviews: true },
        restrictions: null,
      },
    });
    assert.deepEqual(set.body.required_status_checks.contexts, ['test']);

    const head = await commit(cwd, { 'a.txt': 'two\n' });
    const maren = { cwd, credentials: as(tokenOf('maren-osei')) };
    await assert.rejects(
      git(['push', '--quiet', address, 'main'], maren),
      /GH006: Protected branch update failed/,
    );
    await git(['push', '--quiet', address, 'main:refs/heads/change'], maren);
    const proposal = { title: 'Two', head: 'change', base: 'main' };
    const token = tokenOf('maren-osei');
    const pull = await ask('POST', `${api}/pulls`, { token, body: proposal });
    assert.equal(pull.status, 201);
    assert.deepEqual(
      pull.body.requested_teams.map(({ slug }) => slug),
      ['ticketing'],
    );
    const twice = await ask('POST', `${api}/pulls`, { token, body: proposal });
    assert.match(twice.body.errors[0].message, /A pull request already exists/);

    const merge = `${api}/pulls/${pull.body.number}/merge`;
    assert.equal((await ask('PUT', merge)).status, 405);
    const reviews = `${api}/pulls/${pull.body.number}/reviews`;
    const approve = { body: { event: 'APPROVE' } };
    assert.equal(
      (await ask('POST', reviews, { token, ...approve })).status,
      422,
    );
    await ask('POST', reviews, { token: tokenOf('joel-hartwig'), ...approve });
    await ask('POST', `${api}/statuses/${head}`, {
      body: { state: 'success', context: 'test' },
    });
    const stale = await ask('PUT', merge, { body: { sha: '0'.repeat(40) } });
    assert.equal(stale.status, 409);
    const merged = await ask('PUT', merge, { body: { merge_method: 'merge' } });
    assert.equal(merged.status, 200);
    const main = await ask('GET', `${api}/commits/main`);
    assert.equal(main.body.sha, merged.body.sha);
    assert.deepEqual(
      main.body.files.map(({ filename }) => filename),
      ['a.txt'],
    );
  });

  it('does not merge what conflicts', async () => {
    const { api } = await createRepository('conflict', { auto_init: true });
    const put = (branch, text, sha) =>
      ask('PUT', `${api}/contents/README.md`, {
        body: {
          branch,
          sha,
          message: text,
          content: Buffer.from(text).toString('base64'),
        },
      });
    const { sha } = (await ask('GET', `${api}/contents/README.md`)).body;
    const main = (await ask('GET', `${api}/git/ref/heads/main`)).body.object
      .sha;
    await ask('POST', `${api}/git/refs`, {
      body: { ref: 'refs/heads/other', sha: main },
    });
    assert.equal((await put('main', 'here', 'f'.repeat(40))).status, 409);
    assert.equal((await put('main', 'here', sha)).status, 200);
    assert.equal((await put('other', 'there', sha)).status, 200);
    const pull = await ask('POST', `${api}/pulls`, {
      body: { title: 'Clash', head: 'other', base: 'main' },
    });
    assert.equal(pull.body.mergeable, false);
    const merge = await ask('PUT', `${api}/pulls/${pull.body.number}/merge`);
    assert.equal(merge.status, 405);
  });

  describe('as an App', () => {
    const encode = value =>
      Buffer.from(JSON.stringify(value)).toString('base64url');

    function jwt(claims) {
      const seconds = Math.floor(Date.now() / 1000);
      const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({
        iat: seconds - 60,
        exp: seconds + 540,
        iss: github.app.appId,
        ...claims,
      })}`;
      const signature = createSign('RSA-SHA256')
        .update(text)
        .sign(github.app.privateKey, 'base64url');
      return `${text}.${signature}`;
    }

    const tokens = () =>
      `/app/installations/${github.app.installationId}/access_tokens`;

    it('demands a token of its key that is not too old', async () => {
      assert.equal((await ask('GET', '/app', { token: jwt() })).status, 200);
      const old = jwt({ exp: Math.floor(Date.now() / 1000) - 10 });
      assert.equal((await ask('GET', '/app', { token: old })).status, 401);
      const forged = `${jwt().slice(0, -4)}AAAA`;
      assert.equal((await ask('GET', '/app', { token: forged })).status, 401);
    });

    it('gets no further than its permissions and repositories', async () => {
      const { api, address } = await createRepository('of-app', {
        private: true,
      });
      const other = await createRepository('not-of-app', { private: true });
      const issued = await ask('POST', tokens(), {
        token: jwt(),
        body: {
          repositories: ['of-app'],
          permissions: { contents: 'write', metadata: 'read' },
        },
      });
      assert.equal(issued.status, 201);
      const { token } = issued.body;
      assert.equal((await ask('GET', api, { token })).status, 200);
      assert.equal((await ask('GET', other.api, { token })).status, 404);
      const renamed = await ask('PATCH', api, {
        token,
        body: { description: 'Mine' },
      });
      assert.equal(renamed.status, 403);
      assert.equal(
        renamed.body.message,
        'Resource not accessible by integration',
      );
      const cwd = await workingCopy('of-app', { 'a.txt': 'one\n' });
      await git(['push', '--quiet', address, 'main'], {
        cwd,
        credentials: as(token),
      });
      const commits = (await ask('GET', `${api}/commits`)).body;
      assert.equal(commits.length, 1);
    });
  });

  it('answers GraphQL by GitHub’s schema', async () => {
    const graphql = (query, token = github.token) =>
      ask('POST', github.graphqlUrl, { token, body: { query } });
    const { body } = await graphql(`{
      organization(login: "${org}") {
        teams(first: 2) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes { slug parentTeam { slug } members(first: 5) { nodes { login } } }
        }
      }
    }`);
    const { teams } = body.data.organization;
    assert.equal(teams.totalCount, 6);
    assert.equal(teams.nodes.length, 2);
    const next = await graphql(`{
      organization(login: "${org}") {
        teams(first: 1, after: "${teams.pageInfo.endCursor}") { nodes { slug } }
      }
    }`);
    assert.equal(next.body.data.organization.teams.nodes[0].slug, 'ticketing');
    const unknown = await graphql('{ organization(login: "none") { login } }');
    assert.equal(unknown.status, 200);
    assert.equal(unknown.body.errors[0].type, 'NOT_FOUND');
    const limited = await control('POST', 'tokens', {
      login: 'maren-osei',
      scopes: ['repo'],
    });
    const refused = await graphql(
      `{ organization(login: "${org}") { teams(first: 1) { nodes { slug } } } }`,
      limited.body.token,
    );
    assert.equal(refused.body.errors[0].type, 'INSUFFICIENT_SCOPES');
    assert.equal((await graphql('{ viewer { login } }', 'none')).status, 401);
  });

  it('issues ID tokens as GitHub Actions does', async () => {
    const { issuer, audience } = github.oidc;
    const discovery = await ask(
      'GET',
      `${issuer}/.well-known/openid-configuration`,
    );
    assert.equal(discovery.body.issuer, issuer);
    const { keys } = (await ask('GET', discovery.body.jwks_uri)).body;
    const mint = async wanted => {
      const { body } = await control('POST', 'oidc/tokens', {
        repository: `${org}/pushed`,
        ...wanted,
      });
      const [head, claims, signature] = body.value.split('.');
      const { kid } = JSON.parse(Buffer.from(head, 'base64url'));
      const jwk = keys.find(key => key.kid === kid);
      return {
        claims: JSON.parse(Buffer.from(claims, 'base64url')),
        valid: verify(
          'RSA-SHA256',
          Buffer.from(`${head}.${claims}`),
          createPublicKey({ key: jwk, format: 'jwk' }),
          Buffer.from(signature, 'base64url'),
        ),
      };
    };
    const good = await mint({});
    assert.equal(good.valid, true);
    assert.equal(good.claims.aud, audience);
    assert.equal(good.claims.sub, `repo:${org}/pushed:ref:refs/heads/main`);
    assert.equal((await mint({ key: 'foreign' })).valid, false);
    const expired = await mint({ expiresInSeconds: -60 });
    assert.ok(expired.claims.exp < Date.now() / 1000);
    assert.ok(expired.claims.iat < expired.claims.exp);
  });

  it('fails on request and remembers requests without secrets', async () => {
    await control('POST', 'faults', {
      path: '/user$',
      kind: 'rateLimit',
      times: 1,
    });
    const refused = await ask('GET', '/user');
    assert.equal(refused.status, 403);
    assert.equal(refused.headers.get('x-ratelimit-remaining'), '0');
    assert.equal((await ask('GET', '/user')).status, 200);

    await control('POST', 'faults', { path: '/zen$', drop: true, times: 1 });
    await assert.rejects(ask('GET', '/zen'));

    const config = {
      url: receiver.url,
      content_type: 'json',
      secret: 'do-not-tell',
    };
    await ask('POST', `/repos/${org}/pushed/hooks`, { body: { config } });
    const { body } = await control('GET', 'requests');
    assert.ok(body.some(({ path: asked }) => asked.endsWith('/pushed/hooks')));
    const text = JSON.stringify(body);
    assert.ok(!text.includes('do-not-tell'));
    assert.ok(!text.includes(github.token));
  });

  it('keeps issues and check runs behind the same permissions', async () => {
    const { api } = await createRepository('tracked', {
      private: true,
      auto_init: true,
    });
    const sha = (await ask('GET', `${api}/commits/main`)).body.sha;
    const asUser = await ask('POST', `${api}/check-runs`, {
      body: { name: 'test', head_sha: sha },
    });
    assert.equal(asUser.status, 403);
    await control('POST', 'check-runs', {
      repository: `${org}/tracked`,
      name: 'test',
      head_sha: sha,
      conclusion: 'success',
    });
    const runs = await ask('GET', `${api}/commits/${sha}/check-runs`);
    assert.equal(runs.body.total_count, 1);
    assert.equal(
      (await ask('GET', `${api}/issues`, { token: null })).status,
      404,
    );
    const issue = await ask('POST', `${api}/issues`, { body: { title: 'Hm' } });
    assert.equal(issue.body.url, `${github.apiUrl}${api}/issues/1`);
  });
});
