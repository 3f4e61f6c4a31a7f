import type { Entity } from '@backstage/catalog-model';
import { PageLayout, useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import techdocsPlugin from '@backstage/plugin-techdocs/alpha';
import { TECHDOCS_ANNOTATION } from '@backstage/plugin-techdocs-common';
import { ButtonLink, Container } from '@backstage/ui';
import { CodeBlock, EmptyState } from '@waymark/ui';

const ANNOTATION = `metadata:
  annotations:
    ${TECHDOCS_ANNOTATION}: dir:.`;

/** Says that there is nothing to read about an entity, and how that is changed. */
export function NoDocs(props: { entity: Entity }) {
  const { entity } = props;
  const linkTo = useEntityRefLink();
  const allDocs = useRouteRef(techdocsPlugin.routes.root);
  const title = entity.metadata.title ?? entity.metadata.name;
  return (
    <PageLayout title="Documentation" titleLink={allDocs?.()}>
      <Container>
        <EmptyState
          headingLevel="h2"
          title={`${title} has no documentation yet`}
          action={
            <ButtonLink href={linkTo(entity)} variant="secondary">
              Open its page in the catalog
            </ButtonLink>
          }
        >
          <p>
            To add it, put a README.md or a folder docs with Markdown into its
            repository and these lines into its catalog-info.yaml. The
            documentation is here within seconds of the push.
          </p>
          <CodeBlock label="Lines for catalog-info.yaml" copyLabel="Copy lines">
            {ANNOTATION}
          </CodeBlock>
        </EmptyState>
      </Container>
    </PageLayout>
  );
}
