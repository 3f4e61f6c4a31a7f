import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import type { ScaffolderTask } from '@backstage/plugin-scaffolder-common';
import { ButtonLink } from '@backstage/ui';

/**
 * The way back to the form, with the answers of a run in it: a retry gives the
 * same answers again.
 *
 * @internal
 */
export function ChangeAnswersLink(props: { task: ScaffolderTask }) {
  const { templateInfo, parameters } = props.task.spec;
  const toForm = useRouteRef(scaffolderPlugin.routes.selectedTemplate);
  if (!toForm || !templateInfo) {
    return null;
  }

  const { namespace, name } = parseEntityRef(templateInfo.entityRef);
  const answers = new URLSearchParams({ formData: JSON.stringify(parameters) });
  return (
    <ButtonLink
      variant="secondary"
      href={`${toForm({ namespace, templateName: name })}?${answers}`}
    >
      Change the answers
    </ButtonLink>
  );
}
