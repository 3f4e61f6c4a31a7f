import { randomBytes } from 'node:crypto';
import * as defaults from './defaults.mjs';
import { changeRefs } from './git/changeRefs.mjs';
import { addHook } from './routes/hooks.mjs';
import { normalizePermission } from './state/access.mjs';
import { addApp, install } from './state/addApp.mjs';
import { issueUserToken } from './state/principal.mjs';

const secret = () => randomBytes(20).toString('hex');

function addPeople(state, organization, people) {
  return people.map(person => {
    const user = state.addUser(person);
    if (person.role) {
      organization.members.set(user.login, person.role);
    }
    return {
      login: user.login,
      token: issueUserToken(state, user, {
        token: person.token,
        scopes: person.scopes,
      }),
    };
  });
}

function addTeams(state, organization, teams) {
  for (const settings of teams) {
    const team = state.addTeam(organization, settings);
    for (const login of settings.members ?? []) {
      team.members.set(login, 'member');
    }
    for (const login of settings.maintainers ?? []) {
      team.members.set(login, 'maintainer');
    }
    const { repositories = {} } = settings;
    for (const [name, permission] of Object.entries(repositories)) {
      team.repositories.set(
        `${organization.login}/${name}`,
        normalizePermission(permission),
      );
    }
  }
}

async function addRepositories(state, organization, repositories, actor) {
  for (const { files = {}, ...settings } of repositories) {
    const repository = await state.addRepository(organization, settings);
    const { git, defaultBranch } = repository;
    if (Object.keys(files).length === 0) {
      continue;
    }
    await changeRefs(state, repository, actor, async () => {
      const changes = [];
      for (const [path, content] of Object.entries(files)) {
        changes.push({ path, sha: await git.writeBlob(content) });
      }
      const commit = await git.writeCommit({
        tree: await git.writeTree(undefined, changes),
        message: 'First commit',
        author: { name: actor.name, email: actor.email },
      });
      await git.updateRef(`refs/heads/${defaultBranch}`, commit);
    });
  }
}

/**
 * Fills a new stand-in as its options ask for it.
 *
 * @returns what `startGithub` tells of it
 */
export async function seed(state, options) {
  const wanted =
    typeof options.organization === 'string'
      ? { ...defaults.organization, login: options.organization }
      : options.organization ?? defaults.organization;
  const people = options.users ?? defaults.users;
  const organization = state.addOrganization(wanted);
  const users = addPeople(state, organization, people);
  const [machine] = addPeople(state, organization, [defaults.machineUser]);
  const known = ({ login }) => state.users.has(login);
  addTeams(
    state,
    organization,
    (wanted.teams ?? []).map(team => ({
      ...team,
      members: (team.members ?? []).filter(login => known({ login })),
    })),
  );

  const oauthApp = {
    clientId: options.oauthApp?.clientId ?? `Ov23li${secret().slice(0, 14)}`,
    clientSecret: options.oauthApp?.clientSecret ?? secret(),
  };
  const { redirectUris = defaults.redirectUris } = options.oauthApp ?? {};
  state.oauthClients.push({ ...oauthApp, name: 'Waymark', redirectUris });

  const webhookSecret = options.webhook?.secret ?? secret();
  const app = addApp(
    state,
    {
      clientSecret: secret(),
      webhookSecret: secret(),
      ...options.app,
    },
    organization,
  );
  const installation = install(state, app, organization);
  state.oauthClients.push({
    name: app.name,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    redirectUris: options.app?.redirectUris ?? redirectUris,
    app,
  });

  const actor = state.users.get(machine.login);
  await addRepositories(state, organization, wanted.repositories ?? [], actor);

  if (options.webhook?.url) {
    addHook(state, {
      organization,
      config: {
        url: options.webhook.url,
        secret: webhookSecret,
        content_type: 'json',
      },
      events: options.webhook.events ?? ['*'],
    });
  }
  return {
    organization: organization.login,
    token: options.token
      ? issueUserToken(state, actor, { token: options.token })
      : machine.token,
    users,
    oauthApp,
    app: {
      appId: app.id,
      clientId: app.clientId,
      clientSecret: app.clientSecret,
      privateKey: app.privateKey,
      webhookSecret: app.hook.config.secret,
      installationId: installation.id,
    },
    webhookSecret,
  };
}
