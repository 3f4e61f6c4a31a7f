import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expectAccessible } from '../support/accessibility';
import { componentOf, report, untilDescribed } from './support/catalog';
import { withCheckout } from './support/checkout';
import { control, fileOf, github, owner } from './support/github';
import { callAs, enterAs } from './support/people';
import { situation } from './support/situation';
import { picture } from './support/picture';
import { expect, test } from './support/test';

// One service, from the form to the events of its pipeline
test.describe.configure({ mode: 'serial' });

const name = 'seat-reservations';
const entityRef = `component:default/${name}`;
const repository = () => `/repos/${owner()}/${name}`;

test('a service is created from the form', async ({ page }) => {
  await enterAs(page, '/create/templates/default/node-api', 'Maren Osei');
  await expect(page.getByRole('combobox', { name: 'Owner' })).toHaveValue(
    'Ticketing',
  );
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page
    .getByRole('textbox', { name: 'What it does' })
    .fill('Keeps every seat for one passenger');
  await expect(page.getByText('This name is free.')).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'form');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();

  const catalogLink = page.getByRole('link', { name: 'Open in catalog' });
  await expect(catalogLink).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  await picture(page, 'run');

  await catalogLink.click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  await expect(
    page.getByText('Keeps every seat for one passenger').first(),
  ).toBeVisible();
  await expect(
    page.getByRole('link', { name: 'Ticketing' }).first(),
  ).toHaveAttribute('href', /\/catalog\/default\/group\/ticketing$/);
  const source = await page
    .getByRole('link', { name: /^Code\b/ })
    .getAttribute('href');
  expect(source).toContain(`${situation().github.url}/${owner()}/${name}`);
  expect((await fetch(source!)).status).toBe(200);
  await expectAccessible(page);
  await picture(page, 'service');
});

test('its repository on GitHub is whole, protected and its owners can work in it', async () => {
  const { body: found } = await github(repository());
  expect(found).toMatchObject({ private: true, default_branch: 'main' });
  const { body: branches } = await github(`${repository()}/branches`);
  expect(
    branches.map((branch: { name: string }) => branch.name).sort(),
  ).toEqual(['main', 'waymark-template']);

  const provenance = await fileOf(name, '.waymark/golden-path.yaml');
  expect(provenance).toContain('\ntemplate: template:default/node-api\n');
  expect(provenance).toContain('sha256:');
  const generated = branches.find(
    (branch: { name: string }) => branch.name === 'waymark-template',
  );
  expect(provenance).toContain(generated.commit.sha);
  expect(await fileOf(name, 'CODEOWNERS')).toContain(`@${owner()}/ticketing`);

  const { body: protection } = await github(
    `${repository()}/branches/main/protection`,
  );
  expect(protection).toMatchObject({
    required_pull_request_reviews: {
      required_approving_review_count: 1,
      require_code_owner_reviews: true,
    },
    enforce_admins: { enabled: true },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
  });
  expect(protection.required_status_checks.contexts.length).toBeGreaterThan(0);

  const { body: teams } = await github(`${repository()}/teams`);
  expect(teams).toEqual([
    expect.objectContaining({ slug: 'ticketing', permission: 'push' }),
  ]);
  // Its workflows prove what they are for: there is nothing to keep
  const { body: secrets } = await github(`${repository()}/actions/secrets`);
  expect(secrets.total_count).toBe(0);
});

test('a change goes through a review, and is seen here within seconds', async ({
  page,
}) => {
  const description = 'Keeps every seat for two passengers';
  await enterAs(page, `/catalog/default/component/${name}`, 'Maren Osei');
  await expect(
    page.getByText('Keeps every seat for one passenger').first(),
  ).toBeVisible();

  const head = await withCheckout(
    { repository: name, as: 'maren-osei' },
    async ({ folder, git }) => {
      const file = path.join(folder, 'catalog-info.yaml');
      const text = await readFile(file, 'utf8');
      await writeFile(
        file,
        text.replace('Keeps every seat for one passenger', description),
      );
      await git('commit', '--quiet', '--all', '--message', 'Two of them');
      await expect(git('push', '--quiet', 'origin', 'main')).rejects.toThrow(
        /protected branch/i,
      );
      await git('push', '--quiet', 'origin', 'HEAD:two-passengers');
      return git('rev-parse', 'HEAD');
    },
  );
  const opened = await github(`${repository()}/pulls`, {
    as: 'maren-osei',
    method: 'POST',
    body: { title: 'Two of them', head: 'two-passengers', base: 'main' },
  });
  expect(opened.status).toBe(201);
  expect(opened.body.requested_teams).toEqual([
    expect.objectContaining({ slug: 'ticketing' }),
  ]);
  const pull = `${repository()}/pulls/${opened.body.number}`;
  const merge = () =>
    github(`${pull}/merge`, { as: 'maren-osei', method: 'PUT', body: {} });

  // Neither looked at nor tested
  expect((await merge()).status).toBe(405);
  const review = await github(`${pull}/reviews`, {
    as: 'joel-hartwig',
    method: 'POST',
    body: { event: 'APPROVE' },
  });
  expect(review.status).toBe(200);
  expect((await merge()).status).toBe(405);
  const { body: protection } = await github(
    `${repository()}/branches/main/protection`,
  );
  for (const check of protection.required_status_checks.contexts) {
    await control('/check-runs', {
      method: 'POST',
      body: {
        repository: `${owner()}/${name}`,
        head_sha: head,
        name: check,
        conclusion: 'success',
      },
    });
  }
  const merged = await merge();
  expect(merged.status, JSON.stringify(merged.body)).toBe(200);

  report(
    'From the merge to the catalog',
    await untilDescribed(name, description),
  );
  await page.reload();
  await expect(page.getByText(description).first()).toBeVisible();
  await picture(page, 'changed');
});

/** What its workflow sends, and what is made of it. */
async function send(token: string, id: string, speaksFor: string) {
  const source = `${situation().github.url}/${owner()}/${name}`;
  const time = new Date().toISOString();
  const type = 'dev.cdevents.service.deployed.0.3.0';
  const response = await fetch(`${situation().url}/api/golden-paths/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/cloudevents+json',
    },
    body: JSON.stringify({
      specversion: '1.0',
      id,
      source,
      type,
      time,
      entityref: speaksFor,
      datacontenttype: 'application/json',
      data: {
        context: { specversion: '0.5.1', id, source, type, timestamp: time },
        subject: {
          id: name,
          content: {
            environment: { id: 'staging' },
            artifactId: `pkg:oci/${name}@sha256%3A0b31`,
          },
        },
      },
    }),
  });
  return { status: response.status, text: await response.text() };
}

test('its workflow reports with the ID token of GitHub, for itself alone', async () => {
  expect(await componentOf('departure-boards')).toBeDefined();
  const mint = async (body: object) =>
    (await control('/oidc/tokens', { method: 'POST', body })).value as string;
  const mine = { repository: `${owner()}/${name}`, ref: 'refs/heads/main' };
  const token = await mint(mine);

  const accepted = await send(token, 'run-1', entityRef);
  expect(accepted.status, accepted.text).toBe(202);

  const foreign = await send(
    token,
    'run-2',
    'component:default/departure-boards',
  );
  expect(foreign.status, foreign.text).toBe(403);

  // The same claims for another repository, under the old signature
  const [header, claims, signature] = token.split('.');
  const changed = {
    ...JSON.parse(Buffer.from(claims, 'base64url').toString()),
    repository: `${owner()}/departure-boards`,
  };
  const tampered = [
    header,
    Buffer.from(JSON.stringify(changed)).toString('base64url'),
    signature,
  ].join('.');
  for (const [refused, id] of [
    [tampered, 'run-3'],
    [await mint({ ...mine, key: 'foreign' }), 'run-4'],
    [await mint({ ...mine, expiresInSeconds: -120 }), 'run-5'],
  ]) {
    const answer = await send(refused, id, entityRef);
    expect(answer.status, answer.text).toBe(401);
  }

  for (const [ref, ids] of [
    [entityRef, ['run-1']],
    ['component:default/departure-boards', []],
  ] as const) {
    const { body } = await callAs(
      'noor-lindqvist',
      `/api/golden-paths/events?entityRef=${ref}`,
    );
    // Beside what webhooks and the run of the form told of it
    expect(
      body.items
        .map((item: { id: string }) => item.id)
        .filter((id: string) => id.startsWith('run-')),
      ref,
    ).toEqual(ids);
  }
});
