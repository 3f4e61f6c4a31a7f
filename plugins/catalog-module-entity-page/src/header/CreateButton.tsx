import { DEFAULT_NAMESPACE, type Entity } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { usePermission } from '@backstage/plugin-permission-react';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import { ButtonLink } from '@backstage/ui';

const { createComponent, createFromTemplate } = catalogPlugin.externalRoutes;

/** Where things are made that belong into the entity. */
const HOLDERS = ['system', 'domain', 'group'];

/** The way to make something with a template, or for a group or a system. */
export function CreateButton(props: { entity: Entity }) {
  const { kind, metadata } = props.entity;
  const createRoute = useRouteRef(createComponent);
  const templateRoute = useRouteRef(createFromTemplate);
  const { allowed } = usePermission({ permission: taskCreatePermission });
  if (!allowed) {
    return null;
  }
  if (kind.toLowerCase() === 'template' && templateRoute) {
    return (
      <ButtonLink
        variant="primary"
        href={templateRoute({
          namespace: metadata.namespace ?? DEFAULT_NAMESPACE,
          templateName: metadata.name,
        })}
      >
        Use this template
      </ButtonLink>
    );
  }
  return HOLDERS.includes(kind.toLowerCase()) && createRoute ? (
    <ButtonLink variant="secondary" href={createRoute()}>
      Create…
    </ButtonLink>
  ) : null;
}
