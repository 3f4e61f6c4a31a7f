import { CdEvent } from '@waymark/plugin-golden-paths-common';
import { cleanLine, cleanUrl } from '../cleanText';
import { createEvent } from '../createEvent';
import { PayloadOf } from './payloads';

/**
 * A change that somebody proposes, and what becomes of it. Only the default branch
 * counts: what is merged into another one waits there.
 *
 * @internal
 */
export function translatePullRequest(
  payload: PayloadOf<'pull_request'>,
): CdEvent[] {
  const { action, pull_request: pull, repository } = payload;
  const { html_url: url, full_name: name } = repository;
  if (
    repository.default_branch !== undefined &&
    pull.base.ref !== repository.default_branch
  ) {
    return [];
  }
  const event = (
    predicate: 'created' | 'merged' | 'abandoned',
    at: string,
    details: { revision: string; merged?: string[] },
  ) =>
    createEvent({
      name: `change.${predicate}`,
      // One that is opened again may be closed again
      id: `pull-request/${pull.id}/${predicate}/${Date.parse(at)}`,
      source: `${url}/pulls`,
      at,
      subject: {
        id: `${name}#${pull.number}`,
        source: url,
        content: {
          repository: { id: name, source: encodeURI(url) },
          ...(predicate === 'created' && {
            description: cleanLine(pull.title, 1_024),
          }),
        },
      },
      details: {
        ...details,
        url: cleanUrl(pull.html_url),
        repository: url,
        title: cleanLine(pull.title, 1_024),
        base: pull.base.ref,
      },
    });

  if (action === 'opened') {
    return [event('created', pull.created_at, { revision: pull.head.sha })];
  }
  if (action !== 'closed') {
    return [];
  }
  if (pull.merged_at) {
    return [
      event('merged', pull.merged_at, {
        revision: pull.merge_commit_sha ?? pull.head.sha,
        merged: [pull.head.sha],
      }),
    ];
  }
  return pull.closed_at
    ? [event('abandoned', pull.closed_at, { revision: pull.head.sha })]
    : [];
}
