import { Ended } from './collectionRows';
import { CollectorReport } from './CollectorRunner';
import { CollectorSettings } from './CollectorSettings';

/** What says most comes first. */
const STATUSES = [
  ['failed', 'failed'],
  ['postponed', 'skipped'],
  ['collected', 'collected'],
  ['unchanged', 'unchanged'],
] as const;

/**
 * What a collector came to, over the subjects it was asked about.
 *
 * @returns undefined when it was asked about none
 * @internal
 */
export function reportOf(
  settings: CollectorSettings,
  ended: readonly Ended[],
): CollectorReport | undefined {
  const { id, title } = settings;
  for (const [status, reported] of STATUSES) {
    const found = ended.find(item => item.status === status);
    if (found) {
      return {
        id,
        title,
        status: reported,
        ...('message' in found && { message: found.message }),
      };
    }
  }
  return undefined;
}
