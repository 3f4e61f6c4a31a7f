import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { withCheckout } from './support/checkout';
import { tables, withDatabase } from './support/database';
import { control, owner } from './support/github';
import { situation } from './support/situation';
import { expect, test } from './support/test';

/** What is never to be found, by its value, and by its shape for those that come and go. */
function findSecrets(text: string): string[] {
  const { github, postgres, sessionSecret } = situation();
  const values: Record<string, string> = {
    'the key of the App': github.app.privateKey
      .split('\n')
      .filter(line => !line.startsWith('---'))[1],
    'the client secret': github.app.clientSecret,
    'the secret of webhooks': github.app.webhookSecret,
    'the secret of sessions': sessionSecret,
    'the password of the database': postgres.password,
  };
  const shapes: Record<string, RegExp> = {
    'a private key': /BEGIN [A-Z ]*PRIVATE KEY/,
    // As JSON; quotes are doubled where the database shows a column of a row
    'a private key of a plugin': /"+d"+: ?"+[\w-]{40,}/,
    'a token of GitHub': /\bgh[a-z]_[A-Za-z0-9_]{16,}/,
    // Of people, plugins, the App and workflows
    'a signed token': /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/,
    'a CI credential': /\bwmk_ci_[A-Za-z0-9]+_[\w-]{20,}/,
  };
  return [
    ...Object.keys(values).filter(name => text.includes(values[name])),
    ...Object.keys(shapes).filter(name => shapes[name].test(text)),
  ];
}

/** With everything that the database shows in hexadecimal as text again. */
const readable = (text: string) =>
  text.replace(/\\x((?:[0-9a-f]{2})+)/g, (_, hex) =>
    Buffer.from(hex, 'hex').toString('latin1'),
  );

test('secrets are found where there are some', async () => {
  const { github, sessionSecret } = situation();
  const { value } = await control('/oidc/tokens', {
    method: 'POST',
    body: { repository: `${owner()}/departure-boards` },
  });
  const jwk = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  }).privateKey.export({ format: 'jwk' });
  const hex = (text: string) => `\\x${Buffer.from(text).toString('hex')}`;
  for (const [text, name] of [
    [github.token, 'a token of GitHub'],
    [value, 'a signed token'],
    [github.app.privateKey, 'a private key'],
    [github.app.privateKey, 'the key of the App'],
    [JSON.stringify(jwk), 'a private key of a plugin'],
    [JSON.stringify(jwk).replaceAll('"', '""'), 'a private key of a plugin'],
    [hex(sessionSecret), 'the secret of sessions'],
  ]) {
    expect(findSecrets(readable(`a "${text}"`))).toContain(name);
  }
});

test('none is in the log', async () => {
  const log = await readFile(situation().logFile, 'utf8');
  expect(log).toContain('POST /api/golden-paths/webhooks/github');
  expect(findSecrets(log)).toEqual([]);
});

test('none is in the database: runs, their logs, events, deliveries, sessions', async () => {
  await withDatabase(async query => {
    const found: Record<string, string[]> = {};
    const seen: Record<string, number> = {};
    for (const table of await tables(query)) {
      const { rows } = await query(`SELECT t::text AS row FROM ${table} AS t`);
      seen[table] = rows.length;
      const secrets = findSecrets(
        rows.map(({ row }) => readable(row)).join('\n'),
      );
      if (secrets.length > 0) {
        found[table] = secrets;
      }
    }
    // There was something to look at
    for (const table of [
      'scaffolder.tasks',
      'scaffolder.task_events',
      '"golden-paths".events',
      '"golden-paths".webhook_deliveries',
    ]) {
      expect(seen[table], table).toBeGreaterThan(0);
    }
    expect(found).toEqual({});
    // Those that a run has while it goes on
    const { rows } = await query(
      'SELECT id FROM scaffolder.tasks WHERE secrets IS NOT NULL',
    );
    expect(rows).toEqual([]);
  });
});

test('none is in the repositories that the portal has written to', async () => {
  for (const repository of ['seat-reservations', 'lost-property']) {
    const objects = await withCheckout(
      { repository, as: 'maren-osei' },
      ({ git }) => git('cat-file', '--batch-all-objects', '--batch'),
    );
    expect(objects).toContain('catalog-info.yaml');
    expect(findSecrets(objects), repository).toEqual([]);
  }
});
