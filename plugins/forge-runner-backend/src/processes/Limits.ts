/**
 * What one stage or one service may use, with all its processes.
 *
 * @internal
 */
export interface Limits {
  /** Milliseconds; undefined for services, which run for good. */
  timeMs?: number;
  memoryBytes: number;
  processes: number;
  /** Bytes of its folder. */
  diskBytes: number;
  /** Bytes that stay free on the disk. */
  freeDiskBytes: number;
}
