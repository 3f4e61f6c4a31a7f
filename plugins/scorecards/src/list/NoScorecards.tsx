import { useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Flex } from '@backstage/ui';
import { EmptyState } from '@waymark/ui';
import { rootRouteRef } from '../routes';
import { useDocs } from '../shared/useDocs';

/** Before there is a scorecard: what one is, and how to get it. */
export function NoScorecards() {
  const address = useRouteRef(rootRouteRef)?.() ?? '';
  const docs = useDocs();
  return (
    <EmptyState
      headingLevel="h2"
      title="There is no scorecard yet"
      action={
        <Flex gap="2" style={{ flexWrap: 'wrap' }}>
          <ButtonLink href={`${address}/try`} variant="primary">
            Try a scorecard
          </ButtonLink>
          {docs && (
            <ButtonLink href={docs} variant="secondary">
              How to write one
            </ButtonLink>
          )}
        </Flex>
      }
    >
      A scorecard says what is expected of services, in rules that the portal
      checks by itself. It is a file of kind Scorecard in the catalog: write
      one, see on real services what would come of it, then have the catalog
      read it.
    </EmptyState>
  );
}
