import { ConflictError } from '@backstage/errors';

/**
 * Somebody else changed what is remembered of a repository at the same moment:
 * read it again and go on.
 *
 * @internal
 */
export class EntryChangedError extends ConflictError {
  constructor(message: string) {
    super(message);
    // Like any conflict to whoever is told of it
    this.name = 'ConflictError';
  }
}
