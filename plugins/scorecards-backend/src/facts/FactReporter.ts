import { EntityFilter } from '@waymark/backend-support';

/**
 * Somebody who reports facts.
 *
 * @internal
 */
export interface FactReporter {
  /** Narrows to the subjects that the reporter may know of; absent: all. */
  readonly filter: EntityFilter | undefined;
  /**
   * Whether the reporter stands for an entity at all, whether there is one or
   * not.
   *
   * @returns why not
   */
  refusalFor(entityRef: string): Error | undefined;
  /** Of entities that there are: about which the reporter must not say anything. */
  denied(entityRefs: string[]): Promise<Set<string>>;
  /**
   * What is kept as the source of a fact.
   *
   * @param source - as the reporter says
   * @throws NotAllowedError when the reporter may not speak as that
   */
  sourceOf(source: string | undefined): Promise<string>;
}
