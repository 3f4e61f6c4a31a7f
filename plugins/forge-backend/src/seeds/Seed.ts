import { RepositoryName } from '../repositories/Repository';

/**
 * A repository to be created once, from files beside the portal.
 *
 * @internal
 */
export interface Seed extends RepositoryName {
  /** Absolute path of the mailbox with its commits, in the form of `git format-patch`. */
  file: string;
  description: string;
}
