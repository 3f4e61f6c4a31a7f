import { NO_COMMIT } from '../git/GitRepository.mjs';
import { emit } from '../hooks/events.mjs';
import { simpleAccount, teamShape } from '../shapes/accounts.mjs';
import { pullShape } from '../shapes/pull.mjs';
import { nodeId, now } from '../state/ids.mjs';
import { codeOwnersOf } from './codeOwners.mjs';

/** Pull requests of all repositories, and what happens to them. */
export class PullRequests {
  #state;

  constructor(state) {
    this.#state = state;
  }

  async announce(pull, action, actor, payload = {}) {
    emit(this.#state, {
      event: 'pull_request',
      action,
      repository: pull.repository,
      actor,
      payload: {
        number: pull.number,
        pull_request: await pullShape(this.#state, pull, { full: true }),
        ...payload,
      },
    });
  }

  async create(repository, { user, title, body, head, base, draft }) {
    const id = this.#state.ids.next();
    const number = await this.#state.longTail.takeNumber(repository, title);
    const pull = {
      id,
      nodeId: nodeId('PR', id),
      number,
      repository,
      user,
      title,
      body: body ?? null,
      draft: draft ?? false,
      state: 'open',
      head,
      base,
      reviews: [],
      labels: [],
      assignees: [],
      requestedUsers: [],
      requestedTeams: [],
      codeOwners: [],
      mergedAt: null,
      mergedBy: null,
      mergeCommit: null,
      closedAt: null,
      createdAt: now(),
      updatedAt: now(),
    };
    repository.pulls.push(pull);
    await repository.git.updateRef(`refs/pull/${number}/head`, head.sha);
    await this.announce(pull, 'opened', user);
    await this.#requestCodeOwners(pull);
    return pull;
  }

  async #requestCodeOwners(pull) {
    const { repository, base, head, user } = pull;
    const { git } = repository;
    const text = await git.text([
      'diff',
      '-z',
      '--name-only',
      `${base.sha}...${head.sha}`,
    ]);
    const files = text.split('\0').filter(Boolean);
    const owners = await codeOwnersOf(git, base.sha, files);
    pull.codeOwners = [...owners];
    const users = [];
    const teams = [];
    for (const owner of owners) {
      const [login, slug] = owner.replace(/^@/, '').split('/');
      const team = this.#state.organizations.get(login)?.teams.get(slug ?? '');
      const person = slug ? undefined : this.#state.users.get(login);
      // A team without access to the repository is no code owner of it
      if (team?.repositories.has(repository.fullName)) {
        teams.push(team);
      } else if (person && person !== user) {
        users.push(person);
      }
    }
    await this.requestReviewers(pull, { users, teams, actor: user });
  }

  async requestReviewers(pull, { users, teams, actor }) {
    for (const user of users) {
      if (!pull.requestedUsers.includes(user)) {
        pull.requestedUsers.push(user);
        await this.announce(pull, 'review_requested', actor, {
          requested_reviewer: simpleAccount(this.#state, user),
        });
      }
    }
    for (const team of teams) {
      if (!pull.requestedTeams.includes(team)) {
        pull.requestedTeams.push(team);
        await this.announce(pull, 'review_requested', actor, {
          requested_team: teamShape(this.#state, team),
        });
      }
    }
  }

  async close(pull, actor) {
    pull.state = 'closed';
    pull.closedAt = now();
    pull.updatedAt = now();
    await this.announce(pull, 'closed', actor);
  }

  async reopen(pull, actor) {
    pull.state = 'open';
    pull.closedAt = null;
    pull.updatedAt = now();
    await this.announce(pull, 'reopened', actor);
  }

  /** Called when a ref has moved: open pull requests of it move along. */
  async branchMoved(repository, { ref, before, after }, actor) {
    const branch = ref.replace(/^refs\/heads\//, '');
    for (const pull of repository.pulls) {
      if (pull.state !== 'open') {
        continue;
      }
      if (pull.base.branch === branch && after !== NO_COMMIT) {
        await this.#baseMoved(pull, after, actor);
      } else if (pull.head.branch === branch) {
        await this.#headMoved(pull, { before, after }, actor);
      }
    }
  }

  async #headMoved(pull, { before, after }, actor) {
    if (after === NO_COMMIT) {
      await this.close(pull, actor);
      return;
    }
    pull.head.sha = after;
    pull.updatedAt = now();
    const { git } = pull.repository;
    await git.updateRef(`refs/pull/${pull.number}/head`, after);
    await this.announce(pull, 'synchronize', actor, { before, after });
  }

  /** A branch that arrives in its base by other ways counts as merged. */
  async #baseMoved(pull, after, actor) {
    if (await pull.repository.git.isAncestor(pull.head.sha, after)) {
      await this.markMerged(pull, after, actor);
    } else {
      pull.base.sha = after;
    }
  }

  async markMerged(pull, commit, actor) {
    if (pull.mergedAt) {
      return;
    }
    pull.mergedAt = now();
    pull.mergedBy = actor;
    pull.mergeCommit = commit;
    await this.close(pull, actor);
  }
}
