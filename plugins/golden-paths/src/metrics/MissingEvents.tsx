import { Link } from '@backstage/ui';
import type { MetricDefinition } from '@waymark/plugin-golden-paths-common';
import { Fragment } from 'react';
import { useDocs } from '../shared/useDocs';

/** Without what there is nothing to say, and where it is told how to send it. */
export function MissingEvents(props: {
  definition: Pick<MetricDefinition, 'events'>;
}) {
  const { events } = props.definition;
  const docs = useDocs();
  return (
    <>
      {events.length === 0 ? (
        'It is read from the repositories of services. '
      ) : (
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
      {docs && (
        <Link href={docs}>
          {events.length === 0 ? 'How it is measured' : 'How to send events'}
        </Link>
      )}
    </>
  );
}
