import { emit } from '../hooks/events.mjs';
import { GithubError, validationFailed } from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { reply } from '../http/reply.mjs';
import { simpleAccount } from '../shapes/accounts.mjs';
import { pullShape } from '../shapes/pull.mjs';
import { nodeId, now } from '../state/ids.mjs';
import { actorOf } from '../state/principal.mjs';
import { pullOf } from './locate.mjs';

const base = '/repos/:owner/:repo/pulls';

function addReviewers(router) {
  const address = `${base}/:number/requested_reviewers`;

  const wanted = ({ state, body }, { repository }) => {
    const users = (body.reviewers ?? []).map(login => state.users.get(login));
    const teams = (body.team_reviewers ?? []).map(slug =>
      repository.owner.teams?.get(slug),
    );
    if ([...users, ...teams].includes(undefined)) {
      throw new GithubError(
        422,
        'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.',
      );
    }
    return { users, teams };
  };

  router.get(address, async context => {
    const pull = await pullShape(context.state, pullOf(context));
    return reply(200, {
      users: pull.requested_reviewers,
      teams: pull.requested_teams,
    });
  });

  router.post(address, async context => {
    const { state, principal } = context;
    const pull = pullOf(context, 'push', 'write');
    const { users, teams } = wanted(context, pull);
    if (users.includes(pull.user)) {
      throw new GithubError(
        422,
        'Review cannot be requested from pull request author.',
      );
    }
    const actor = actorOf(principal);
    await state.pulls.requestReviewers(pull, { users, teams, actor });
    return reply(201, await pullShape(state, pull));
  });

  router.delete(address, async context => {
    const { state } = context;
    const pull = pullOf(context, 'push', 'write');
    const { users, teams } = wanted(context, pull);
    pull.requestedUsers = pull.requestedUsers.filter(
      one => !users.includes(one),
    );
    pull.requestedTeams = pull.requestedTeams.filter(
      one => !teams.includes(one),
    );
    return reply(200, await pullShape(state, pull));
  });
}

const EVENTS = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
};

function addReviews(router) {
  const shape = ({ state }, pull, review) => ({
    id: review.id,
    node_id: review.nodeId,
    user: simpleAccount(state, review.user),
    body: review.body,
    state: review.state,
    commit_id: review.commit,
    submitted_at: review.submittedAt,
    html_url: `${state.url}/${pull.repository.fullName}/pull/${pull.number}#pullrequestreview-${review.id}`,
    pull_request_url: `${state.apiUrl}/repos/${pull.repository.fullName}/pulls/${pull.number}`,
    author_association: 'MEMBER',
  });

  router.get(`${base}/:number/reviews`, context => {
    const pull = pullOf(context);
    return page(context, pull.reviews, review => shape(context, pull, review));
  });

  router.post(`${base}/:number/reviews`, async context => {
    const { state, body, principal } = context;
    const pull = pullOf(context, 'pull', 'write');
    const user = actorOf(principal);
    if (!user) {
      throw new GithubError(401, 'Requires authentication');
    }
    const given = EVENTS[body.event ?? 'COMMENT'];
    if (!given) {
      throw validationFailed([
        { resource: 'PullRequestReview', field: 'event', code: 'invalid' },
      ]);
    }
    if (user === pull.user && given !== 'COMMENTED') {
      throw new GithubError(422, 'Unprocessable Entity', {
        errors: [
          given === 'APPROVED'
            ? 'Can not approve your own pull request'
            : 'Can not request changes on your own pull request',
        ],
      });
    }
    const id = state.ids.next();
    const review = {
      id,
      nodeId: nodeId('PRR', id),
      user,
      body: body.body ?? '',
      state: given,
      commit: pull.head.sha,
      submittedAt: now(),
    };
    pull.reviews.push(review);
    pull.requestedUsers = pull.requestedUsers.filter(one => one !== user);
    pull.requestedTeams = pull.requestedTeams.filter(
      team => !team.members.has(user.login),
    );
    emit(state, {
      event: 'pull_request_review',
      action: 'submitted',
      repository: pull.repository,
      actor: user,
      payload: {
        review: { ...shape(context, pull, review), state: given.toLowerCase() },
        pull_request: await pullShape(state, pull),
      },
    });
    return reply(200, shape(context, pull, review));
  });
}

/** Who shall review a pull request, and what they said. */
export function addReviewRoutes(router) {
  addReviewers(router);
  addReviews(router);
}
