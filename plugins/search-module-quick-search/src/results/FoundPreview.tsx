import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { Fragment } from 'react';
import type { Found } from './Found';
import { Marked } from './Marked';
import styles from './results.module.css';

/** What an entity is called by people; its name until that is known. */
function EntityTitle(props: { entityRef: string }) {
  return <>{useEntityPresentation(props.entityRef).primaryTitle}</>;
}

/** Below the title: what it is and whose, and what it is for. */
export function FoundPreview(props: { found: Found }) {
  const { details, text } = props.found;
  return (
    <>
      {details.length > 0 && (
        <span className={styles.details}>
          {details.map((detail, index) => (
            <Fragment key={index}>
              {index > 0 && ' · '}
              {typeof detail === 'string' ? (
                detail
              ) : (
                <>
                  {detail.word} <EntityTitle entityRef={detail.entityRef} />
                </>
              )}
            </Fragment>
          ))}
        </span>
      )}
      {text.length > 0 && (
        <span className={styles.text}>
          <Marked text={text} />
        </span>
      )}
    </>
  );
}
