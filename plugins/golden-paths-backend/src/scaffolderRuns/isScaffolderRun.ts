import { SCAFFOLDER_SOURCE } from '@waymark/plugin-golden-paths-common';
import { SourceEvent } from '../derive/Derived';

/**
 * Whether an event tells of a run of the scaffolder, and not of a pipeline of the
 * service.
 *
 * @internal
 */
export function isScaffolderRun(
  event: Pick<SourceEvent, 'source' | 'observed' | 'type'>,
): boolean {
  return (
    event.observed &&
    event.source === SCAFFOLDER_SOURCE &&
    event.type.startsWith('pipelinerun.')
  );
}
