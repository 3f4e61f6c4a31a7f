/**
 * Where a repository lives.
 *
 * @public
 */
export interface RepositoryAddress {
  /** Entry of the `integrations` config, such as `localhost:7007`. */
  host: string;
  organization: string;
  name: string;
}
