/**
 * How much one entity file may ask of the catalog.
 *
 * @internal
 */
export interface EntityFileLimits {
  /** Bytes of the file. */
  maxFileBytes: number;
  /** Entities, that is YAML documents, in the file. */
  maxEntities: number;
}

/** @internal */
export const DEFAULT_ENTITY_FILE_LIMITS: EntityFileLimits = {
  // Most of a large file is an API definition written into it
  maxFileBytes: 1024 * 1024,
  maxEntities: 500,
};
