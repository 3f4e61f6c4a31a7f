import type { Entity } from '@backstage/catalog-model';
import { Alert, ButtonLink } from '@backstage/ui';
import { editUrl } from '../source/editUrl';

/** Of an entity whose file is gone: nothing keeps it up to date any more. */
export function OrphanNotice(props: { entity: Entity }) {
  const { entity } = props;
  if (entity.metadata.annotations?.['backstage.io/orphan'] !== 'true') {
    return null;
  }
  const edit = editUrl(entity);
  return (
    <Alert
      status="warning"
      icon
      title="Nothing keeps this page up to date any more"
      description="The file that described it is gone, or no longer names it. If that is right, its owner can take it out of the catalog, in the menu above; else put the file back."
      customActions={
        edit ? (
          <ButtonLink
            href={edit}
            size="small"
            variant="secondary"
            target="_blank"
            rel="noopener noreferrer"
          >
            Where it was
          </ButtonLink>
        ) : undefined
      }
    />
  );
}
