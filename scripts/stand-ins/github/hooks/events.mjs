import { simpleAccount, simpleOrganization } from '../shapes/accounts.mjs';
import { placeShape } from '../shapes/repository.mjs';
import { nodeId } from '../state/ids.mjs';
import { deliver } from './deliver.mjs';

const wants = (hook, event) =>
  hook.active && (hook.events.includes('*') || hook.events.includes(event));

function appHooks(state, { account, repository, event }) {
  const found = [];
  for (const app of state.apps) {
    for (const installation of app.installations) {
      const { repositoryIds } = installation;
      const hidden =
        repository && repositoryIds && !repositoryIds.includes(repository.id);
      if (
        app.hook.config.url &&
        installation.account === account &&
        !installation.suspendedAt &&
        !hidden &&
        wants(app.hook, event)
      ) {
        found.push({ hook: app.hook, installation });
      }
    }
  }
  return found;
}

/**
 * Tells every webhook that asked for it what has happened.
 *
 * @param {import('../state/State.mjs').State} state
 * @param {{
 *   event: string,
 *   action?: string,
 *   payload?: object,
 *   repository?: object,
 *   organization?: object,
 *   actor?: object,
 * }} happening
 */
export function emit(state, happening) {
  const { event, action, repository, actor } = happening;
  const account = happening.organization ?? repository?.owner;
  const payload = {
    ...(action && { action }),
    ...happening.payload,
    ...(repository
      ? {
          ...placeShape(state, repository),
          ...(happening.payload?.repository && {
            repository: happening.payload.repository,
          }),
        }
      : { organization: simpleOrganization(state, account) }),
    ...(actor && { sender: simpleAccount(state, actor) }),
  };
  for (const hook of state.hooks) {
    const matches = hook.repository
      ? hook.repository === repository
      : hook.organization === account;
    if (matches && wants(hook, event)) {
      deliver(state, { hook, event, action, payload, repository });
    }
  }
  for (const found of appHooks(state, { account, repository, event })) {
    const { hook, installation } = found;
    deliver(state, {
      hook,
      event,
      action,
      repository,
      installation,
      payload: {
        ...payload,
        installation: {
          id: installation.id,
          node_id: nodeId('MDIz', installation.id),
        },
      },
    });
  }
}
