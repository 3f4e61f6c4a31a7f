import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef, useEntity } from '@backstage/plugin-catalog-react';
import { createPermission } from '@backstage/plugin-permission-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink, Skeleton } from '@backstage/ui';
import {
  resolveFixValues,
  type RuleResult,
} from '@waymark/plugin-scorecards-common';
import { nameOf, useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { templateRouteRef } from '../../routes';

/**
 * That of `@backstage/plugin-scaffolder-common`, which an app without the scaffolder
 * has no need of.
 */
const taskCreatePermission = createPermission({
  name: 'scaffolder.task.create',
  attributes: { action: 'create' },
});

/**
 * Opens the form of the template that mends what a rule found, with what is known
 * already filled in. Nothing for those who could not send it.
 */
export function TemplateButton(props: { rule: RuleResult; template: string }) {
  const { rule, template } = props;
  const { entity } = useEntity();
  const catalogApi = useApi(catalogApiRef);
  const toForm = useRouteRef(templateRouteRef);
  const { allowed } = usePermission({ permission: taskCreatePermission });
  // A scorecard may name it without its kind
  const templateRef = stringifyEntityRef(
    parseEntityRef(template, { defaultKind: 'template' }),
  );
  const { value, isLoading } = useLoaded(
    useCallback(
      // One that is gone, or not open to the reader, is no way out
      () => catalogApi.getEntityByRef(templateRef).catch(() => undefined),
      [catalogApi, templateRef],
    ),
  );

  if (!allowed || !toForm) {
    return null;
  }
  if (isLoading) {
    return <Skeleton width={180} height={32} />;
  }
  if (!value) {
    return null;
  }
  const { namespace, name: templateName } = parseEntityRef(templateRef);
  const answers = resolveFixValues({
    values: rule.fix?.values ?? {},
    entity,
    inputs: rule.evidence.inputs,
  });
  const query =
    Object.keys(answers).length > 0
      ? `?${new URLSearchParams({ formData: JSON.stringify(answers) })}`
      : '';
  return (
    <ButtonLink
      variant="primary"
      size="small"
      href={`${toForm({ namespace, templateName })}${query}`}
    >
      {`Fix with ${nameOf(value)}`}
    </ButtonLink>
  );
}
