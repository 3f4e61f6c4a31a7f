import { useApi } from '@backstage/frontend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_VIEW_URL,
  type Entity,
} from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Alert, Container, Header, Link } from '@backstage/ui';
import type { ScorecardSummary } from '@waymark/plugin-scorecards-common';
import {
  EntityLink,
  NamedEntityLink,
  safeUrl,
  useLoaded,
  WholeTitle,
} from '@waymark/ui';
import { useCallback } from 'react';
import { LIFECYCLES } from '../shared/lifecycles';
import styles from './ScorecardHeader.module.css';

/** The address of the file, where it is one that a browser can open. */
function readSource(entity: Entity | undefined): string | undefined {
  const { annotations = {} } = entity?.metadata ?? {};
  const location = annotations[ANNOTATION_LOCATION] ?? '';
  return safeUrl(
    annotations[ANNOTATION_VIEW_URL] ??
      (location.startsWith('url:') ? location.slice('url:'.length) : ''),
  );
}

const GONE = {
  label: 'Removed',
  notice:
    'This scorecard is no longer in the catalog. What it came to stays as long as history is kept.',
};

/** What a scorecard is, whose it is and where it is written; its tabs. */
export function ScorecardHeader(props: {
  scorecard: ScorecardSummary;
  /** It has left the catalog. */
  isGone: boolean;
  tabs: { id: string; label: string; href: string }[];
}) {
  const { scorecard, isGone, tabs } = props;
  const { scorecardRef, title, description, owner, lifecycle } = scorecard;
  const catalogApi = useApi(catalogApiRef);
  // The header stands without it: whoever cannot read the source is not told of it
  const { value: entity } = useLoaded(
    useCallback(
      () => catalogApi.getEntityByRef(scorecardRef),
      [catalogApi, scorecardRef],
    ),
  );
  const source = readSource(entity);
  const { label, notice } = isGone ? GONE : LIFECYCLES[lifecycle];
  return (
    <>
      <WholeTitle className={styles.header}>
        <Header
          title={title}
          description={description}
          metadata={[
            { label: 'Owner', value: <NamedEntityLink entityRef={owner} /> },
            { label: 'Lifecycle', value: label },
            ...(isGone
              ? []
              : [
                  {
                    label: 'Written in',
                    value: (
                      <span className={styles.links}>
                        <EntityLink
                          entityRef={scorecardRef}
                          title="the catalog"
                        />
                        {source && <Link href={source}>its file</Link>}
                      </span>
                    ),
                  },
                ]),
          ]}
          tabs={tabs}
        />
      </WholeTitle>
      {notice && (
        <Container>
          <Alert
            className={styles.notice}
            role="note"
            status="info"
            icon
            title={notice}
          />
        </Container>
      )}
    </>
  );
}
