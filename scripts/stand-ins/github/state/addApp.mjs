import { generateKeyPairSync } from 'node:crypto';
import { nodeId, now } from './ids.mjs';

/** What Waymark asks for, and what GitHub therefore grants. */
const APP_PERMISSIONS = {
  actions: 'read',
  administration: 'write',
  checks: 'read',
  contents: 'write',
  members: 'read',
  metadata: 'read',
  organization_hooks: 'write',
  pull_requests: 'write',
  statuses: 'write',
  workflows: 'write',
};

const APP_EVENTS = [
  'branch_protection_rule',
  'check_run',
  'create',
  'delete',
  'member',
  'membership',
  'organization',
  'pull_request',
  'pull_request_review',
  'push',
  'release',
  'repository',
  'status',
  'team',
  'workflow_run',
];

function newPrivateKey() {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return privateKey;
}

/**
 * A GitHub App with its installation on an account.
 *
 * @param {import('./State.mjs').State} state
 * @param {object} settings as the options of the stand-in name them
 * @param {object} account organisation that it is installed on
 */
export function addApp(state, settings, account) {
  const id = settings.appId ?? state.ids.next();
  const slug = settings.slug ?? 'waymark';
  const bot = state.addUser({ login: `${slug}[bot]` });
  Object.assign(bot, {
    kind: 'Bot',
    isBot: true,
    email: `${bot.id}+${slug}[bot]@users.noreply.github.com`,
  });
  const app = {
    id,
    nodeId: nodeId('A', id),
    slug,
    name: settings.name ?? 'Waymark',
    owner: account,
    clientId: settings.clientId ?? `Iv23li${id}waymarkapp`,
    clientSecret: settings.clientSecret,
    privateKey: settings.privateKey ?? newPrivateKey(),
    permissions: settings.permissions ?? APP_PERMISSIONS,
    events: settings.events ?? APP_EVENTS,
    bot,
    installations: [],
    createdAt: now(),
  };
  app.hook = {
    id: state.ids.next(),
    type: 'App',
    app,
    active: true,
    events: app.events,
    config: {
      url: settings.webhookUrl,
      secret: settings.webhookSecret,
      content_type: 'json',
      insecure_ssl: '0',
    },
  };
  state.apps.push(app);
  return app;
}

/** @param {object} [options] `repositoryIds`: only these, not all */
export function install(state, app, account, { repositoryIds } = {}) {
  const installation = {
    id: state.ids.next(),
    app,
    account,
    repositoryIds,
    suspendedAt: null,
    createdAt: now(),
  };
  app.installations.push(installation);
  return installation;
}
