import { emit } from '../hooks/events.mjs';
import { teamShape } from '../shapes/accounts.mjs';
import { actorOf } from '../state/principal.mjs';

/** Tells webhooks what has happened to a team. */
export function announceTeam(
  context,
  team,
  { event, action, payload, repository },
) {
  const { state, principal } = context;
  emit(state, {
    event,
    action,
    organization: team.organization,
    repository,
    actor: actorOf(principal),
    payload: { team: teamShape(state, team), ...payload },
  });
}
