/** @internal */
export interface Organization {
  name: string;
  title?: string;
  description?: string;
}

/**
 * Who can own repositories.
 *
 * @internal
 */
export interface Organizations {
  /**
   * All of them, in the order of their names.
   *
   * `complete` is false when the catalog did not answer and its groups are missing.
   */
  list(): Promise<{ organizations: Organization[]; complete: boolean }>;

  /**
   * @throws NotFoundError when there is no such organisation
   * @throws ServiceUnavailableError when only the catalog could tell, and it does not answer
   */
  get(name: string): Promise<Organization>;
}
