import { createHash } from 'node:crypto';
import { parseEntityRef } from '@backstage/catalog-model';
import { CdEvent } from '@waymark/plugin-golden-paths-common';
import { checkEvent } from '../../adapters/checkEvent';
import { createEvent } from '../../adapters/createEvent';
import { ImportRow } from './rowSchema';

/** The same for every file: what is in two of them is imported once. */
const SOURCE = '/api/golden-paths/imports/csv';

/**
 * A line of a file as an event. Its id is made of what the line says.
 *
 * @internal
 * @throws InputError when the time is not one that events may have
 */
export function toEvent(row: ImportRow, options: { now: number }): CdEvent {
  const { artifact, entity, environment, kind, revision, url } = row;
  const at = new Date(row.time).toISOString();
  const name = kind ?? 'deployed';
  const digest = createHash('sha256')
    .update(JSON.stringify([at, entity, environment, artifact, revision, name]))
    .digest('hex');
  return checkEvent(
    createEvent({
      name: `service.${name}`,
      id: digest,
      source: SOURCE,
      at,
      subject: {
        id: entity,
        content: {
          environment: { id: environment },
          ...(name !== 'removed' && {
            artifactId:
              artifact ??
              `pkg:generic/${encodeURIComponent(
                parseEntityRef(entity).name,
              )}@${encodeURIComponent(revision ?? '')}`,
          }),
        },
      },
      details: { revision, url },
    }),
    options,
  );
}
