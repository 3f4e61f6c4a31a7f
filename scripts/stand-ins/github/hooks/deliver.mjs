import { createHmac, randomUUID } from 'node:crypto';
import { simpleAccount } from '../shapes/accounts.mjs';

/** As long as GitHub waits for an answer. */
const TIMEOUT_MS = 10_000;

const TARGETS = {
  Repository: 'repository',
  Organization: 'organization',
  App: 'integration',
};

const targetId = hook => (hook.repository ?? hook.organization ?? hook.app).id;

function bodyOf(hook, payload) {
  const json = JSON.stringify(payload);
  return hook.config.content_type === 'form'
    ? new URLSearchParams({ payload: json }).toString()
    : json;
}

function headersOf(hook, { guid, event, body }) {
  const { secret, content_type: type } = hook.config;
  const sign = algorithm =>
    `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;
  return {
    Accept: '*/*',
    'Content-Type':
      type === 'form'
        ? 'application/x-www-form-urlencoded'
        : 'application/json',
    'User-Agent': `GitHub-Hookshot/${guid.slice(0, 7)}`,
    'X-GitHub-Delivery': guid,
    'X-GitHub-Event': event,
    'X-GitHub-Hook-ID': String(hook.id),
    'X-GitHub-Hook-Installation-Target-ID': String(targetId(hook)),
    'X-GitHub-Hook-Installation-Target-Type': TARGETS[hook.type],
    'X-GitHub-Enterprise-Host': 'localhost',
    'X-GitHub-Enterprise-Version': '3.17.0',
    ...(secret && {
      'X-Hub-Signature': sign('sha1'),
      'X-Hub-Signature-256': sign('sha256'),
    }),
  };
}

async function send(delivery) {
  const started = performance.now();
  try {
    const response = await fetch(delivery.request.url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: delivery.request.headers,
      body: delivery.request.body,
    });
    delivery.response = {
      headers: Object.fromEntries(response.headers),
      payload: await response.text(),
    };
    delivery.statusCode = response.status;
    delivery.status = response.ok ? 'OK' : response.statusText;
  } catch (error) {
    delivery.statusCode = 0;
    delivery.status =
      error.name === 'TimeoutError' ? 'timed out' : 'failed to connect to host';
  }
  delivery.duration = Math.round(performance.now() - started) / 1000;
}

function start(state, delivery) {
  state.deliveries.push(delivery);
  delivery.done = send(delivery);
  return delivery;
}

/** Sends one event to one webhook; its outcome is kept with the delivery. */
export function deliver(state, happening) {
  const { hook, event, action, payload, repository, installation } = happening;
  const guid = randomUUID();
  const body = bodyOf(hook, payload);
  return start(state, {
    id: state.ids.next(),
    guid,
    hook,
    event,
    action,
    repository,
    installation,
    redelivery: false,
    deliveredAt: new Date().toISOString(),
    status: 'pending',
    statusCode: 0,
    duration: 0,
    request: {
      url: hook.config.url,
      headers: headersOf(hook, { guid, event, body }),
      payload,
      body,
    },
    response: { headers: {}, payload: '' },
  });
}

/**
 * Sends the same body under the same `X-GitHub-Delivery` again, to where the
 * hook points now.
 */
export function redeliver(state, delivery) {
  const { hook, guid, event } = delivery;
  const { body } = delivery.request;
  return start(state, {
    ...delivery,
    id: state.ids.next(),
    redelivery: true,
    deliveredAt: new Date().toISOString(),
    status: 'pending',
    statusCode: 0,
    request: {
      ...delivery.request,
      url: hook.config.url,
      headers: headersOf(hook, { guid, event, body }),
    },
    response: { headers: {}, payload: '' },
  });
}

/** The event that GitHub sends when a webhook is set up. */
export function ping(state, hook, shape, actor) {
  return deliver(state, {
    hook,
    event: 'ping',
    payload: {
      zen: 'Keep it logically awesome.',
      hook_id: hook.id,
      hook: shape,
      ...(actor && { sender: simpleAccount(state, actor) }),
    },
  });
}

/** Waits until nothing is on its way any more. */
export async function deliveriesSettled(state) {
  await Promise.all(state.deliveries.map(delivery => delivery.done));
}
