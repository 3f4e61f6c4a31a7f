const HIDDEN = '********';

/** A webhook; its secret is never shown again. */
export function hookShape(state, hook) {
  const base = hook.repository
    ? `repos/${hook.repository.fullName}`
    : `orgs/${hook.organization.login}`;
  const url = `${state.apiUrl}/${base}/hooks/${hook.id}`;
  const last = state.deliveries.findLast(delivery => delivery.hook === hook);
  return {
    type: hook.type,
    id: hook.id,
    name: hook.name,
    active: hook.active,
    events: hook.events,
    config: {
      content_type: hook.config.content_type,
      insecure_ssl: hook.config.insecure_ssl,
      url: hook.config.url,
      ...(hook.config.secret && { secret: HIDDEN }),
    },
    updated_at: hook.updatedAt,
    created_at: hook.createdAt,
    url,
    ...(hook.repository && { test_url: `${url}/test` }),
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: last
      ? { code: last.statusCode, status: last.status, message: last.status }
      : { code: null, status: 'unused', message: null },
  };
}

/** An attempt to deliver an event, in full or as in lists. */
export function deliveryShape(delivery, { full } = {}) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action ?? null,
    installation_id: delivery.installation?.id ?? null,
    repository_id: delivery.repository?.id ?? null,
    throttled_at: null,
    ...(full && {
      url: delivery.request.url,
      request: {
        headers: delivery.request.headers,
        payload: delivery.request.payload,
      },
      response: delivery.response,
    }),
  };
}
