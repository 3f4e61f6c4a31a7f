import { Config } from '@backstage/config';
import { ConfigSources, loadConfigSchema } from '@backstage/config-loader';
import { JsonObject } from '@backstage/types';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { missingVariables } from './services/missingVariables';

jest.setTimeout(120_000);

const root = resolve(__dirname, '../../..');
const file = resolve(root, 'app-config.production.yaml');
const localFile = resolve(root, 'app-config.yaml');

/** Unlike anything else, so that it can be found wherever it ended up. */
const valueOf = (name: string) =>
  name === 'WAYMARK_URL' ? 'https://portal.example.com' : `value-of-${name}`;

let required: string[];
let config: Config;

async function load(): Promise<Config> {
  return ConfigSources.toConfig(
    ConfigSources.defaultForTargets({
      targets: [{ type: 'path', target: file }],
      watch: false,
      substitutionFunc: async name =>
        required.includes(name) ? valueOf(name) : undefined,
    }),
  );
}

beforeAll(async () => {
  required = await missingVariables([file], {});
  config = await load();
});

it('asks for what is different everywhere, and nothing else', async () => {
  expect(required).toEqual([
    'GITHUB_APP_CLIENT_ID',
    'GITHUB_APP_CLIENT_SECRET',
    'GITHUB_APP_ID',
    'GITHUB_APP_PRIVATE_KEY',
    'GITHUB_APP_WEBHOOK_SECRET',
    'GITHUB_ORGANIZATION',
    'POSTGRES_HOST',
    'POSTGRES_PASSWORD',
    'POSTGRES_USER',
    'WAYMARK_SESSION_SECRET',
    'WAYMARK_URL',
  ]);
  // Each is told at the top of the file and in the documentation
  const text = await readFile(file, 'utf8');
  const introduction = text.slice(0, text.indexOf('\napp:'));
  const guide = await readFile(resolve(root, 'docs/operating.md'), 'utf8');
  const optional = [...text.matchAll(/^[^#\n]*\$\{([A-Z_]+):-/gm)].map(
    match => match[1],
  );
  for (const name of required) {
    expect(introduction).toContain(name);
  }
  for (const name of [...required, ...optional]) {
    expect(guide).toContain(`\`${name}\``);
  }
});

it('fits the schema of everything that is installed', async () => {
  const schema = await loadConfigSchema({
    dependencies: ['backend', 'app'],
    packagePaths: [resolve(root, 'package.json')],
  });
  // Backstage's schema knows its own types of external access only, although
  // others can be installed
  const { externalAccess, ...auth } = config.get<JsonObject>('backend.auth');
  expect(externalAccess).toEqual([
    expect.objectContaining({ type: 'ci-credentials' }),
  ]);
  const backend = { ...config.get<JsonObject>('backend'), auth };
  const source = {
    data: { ...config.get<JsonObject>(), backend },
    context: file,
  };
  expect(() =>
    schema.process([source], {
      visibility: ['frontend', 'backend', 'secret'],
      ignoreSchemaErrors: false,
    }),
  ).not.toThrow();

  // What the browser gets to see
  const [{ data }] = schema.process([source], {
    visibility: ['frontend'],
  });
  const seen = JSON.stringify(data);
  expect(seen).toContain('portal.example.com');
  for (const name of required.filter(n => /SECRET|PASSWORD|KEY|USER/.test(n))) {
    expect(seen).not.toContain(valueOf(name));
  }
});

it('holds nothing of a local portal', async () => {
  // Neither people nor a forge that need no sign-in
  expect(Object.keys(config.get('auth.providers'))).toEqual(['github']);
  expect(config.getString('auth.environment')).toBe('production');
  expect(config.has('forge')).toBe(false);
  expect(config.has('forgeRunner')).toBe(false);
  expect(config.has('integrations.gitea')).toBe(false);
  expect(config.has('catalog.providers.forge')).toBe(false);
  expect(JSON.stringify(config.get())).not.toMatch(
    /localhost|127\.0\.0\.1|sqlite|dangerouslyAllow|dangerouslyDisable|"token"|guest|personas|examples|user:development/i,
  );

  expect(config.getString('backend.listen.host')).toBe('0.0.0.0');
  expect(config.getString('backend.database.client')).toBe('pg');
  expect(
    config.getBoolean('backend.database.connection.ssl.rejectUnauthorized'),
  ).toBe(true);
  const { max } = config.get<{ max: number }>(
    'backend.database.knexConfig.pool',
  );
  expect(max).toBeGreaterThanOrEqual(3);
  expect(max).toBeLessThanOrEqual(5);
  expect(config.getBoolean('permission.enabled')).toBe(true);
  expect(config.getStringArray('backend.rateLimit.ipAllowList')).toEqual([]);

  // The policy for the browser is only ever made stricter
  const csp = config.get<Record<string, unknown>>('backend.csp');
  expect(csp).not.toHaveProperty('upgrade-insecure-requests');
  expect(JSON.stringify(csp)).not.toMatch(/unsafe|\*|http:|false/);

  // People, groups and templates come from nowhere but the organisation and
  // the files beside the portal
  const forEverybody = config
    .getConfigArray('catalog.rules')
    .filter(rule => !rule.has('locations'))
    .flatMap(rule => rule.getStringArray('allow'));
  expect(forEverybody).toEqual([
    'Component',
    'API',
    'Resource',
    'System',
    'Domain',
    'Location',
  ]);
});

it('shows the same portal as the local one', async () => {
  const local = parse(await readFile(localFile, 'utf8'));
  const production = parse(await readFile(file, 'utf8'));
  const comparable = (extensions: unknown[]) =>
    extensions.map(extension =>
      JSON.parse(
        JSON.stringify(extension, (key, value) =>
          key === 'repositoriesUrl' ? 'an address' : value,
        ),
      ),
    );
  expect(comparable(production.app.extensions)).toEqual(
    comparable(local.app.extensions),
  );
  expect(production.backend.auth).toEqual(local.backend.auth);

  const templates = ({ catalog }: { catalog: any }) =>
    catalog.locations
      .map(({ target }: { target: string }) => target)
      .filter((target: string) => target.includes('templates/'))
      .map((target: string) => target.replace(/^.*?templates\//, ''));
  expect(templates(production)).toEqual(templates(local));
});
