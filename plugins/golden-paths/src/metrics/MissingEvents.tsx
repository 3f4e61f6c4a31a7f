import { Link } from '@backstage/ui';
import type { MetricDefinition } from '@waymark/plugin-golden-paths-common';
import { Fragment } from 'react';
import { useDocs } from '../shared/useDocs';

/** Without which events there is nothing to say, and where it is told how to send them. */
export function MissingEvents(props: {
  definition: Pick<MetricDefinition, 'events'>;
}) {
  const { events } = props.definition;
  const docs = useDocs();
  return (
    <>
      {events.length > 0 && (
        <>
          It takes{' '}
          {events.map((event, index) => (
            <Fragment key={event}>
              {index > 0 && (index === events.length - 1 ? ' and ' : ', ')}
              <code>{event}</code>
            </Fragment>
          ))}{' '}
          events.{' '}
        </>
      )}
      {docs && <Link href={docs}>How to send events</Link>}
    </>
  );
}
