/**
 * Which components of the catalog count as active services.
 *
 * @internal
 */
export interface ServiceScope {
  /** Of `spec.type`, in lower case. */
  types: readonly string[];
  /** Of `spec.lifecycle`, in lower case: those that do not count. */
  exceptLifecycles: readonly string[];
}
