import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import {
  scaffolderApiRef,
  SecretsContextProvider,
  useTemplateSecrets,
  type FieldExtensionOptions,
  type FormProps,
} from '@backstage/plugin-scaffolder-react';
import { Workflow } from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonObject, JsonValue } from '@backstage/types';
import { Alert, Container } from '@backstage/ui';
import { describeError, ProblemNotice } from '@waymark/ui';
import { useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import type { Path } from '../paths/describePath';
import type { KeptAnswers } from './KeptAnswers';
import { pageTemplate } from './pageTemplate';
import { plainErrors } from './plainErrors';
import { Review } from './Review';
import { keepable } from './secretAnswers';
import { WrongFields, type Refusal } from './WrongFields';

/** Answers that a link brings along; without them, those of before. */
function useFirstAnswers(kept: KeptAnswers): JsonObject | undefined {
  const [query] = useSearchParams();
  const [answers] = useState(() => {
    const linked = query.get('formData');
    try {
      return linked ? (JSON.parse(linked) as JsonObject) : kept.read();
    } catch {
      return kept.read();
    }
  });
  return answers;
}

function Form(props: {
  path: Path;
  kept: KeptAnswers;
  fields: FieldExtensionOptions[];
  theme: FormProps['EXPERIMENTAL_theme'];
}) {
  const { path, kept, fields, theme } = props;
  const scaffolderApi = useApi(scaffolderApiRef);
  const navigate = useNavigate();
  const toRun = useRouteRef(scaffolderPlugin.routes.ongoingTask);
  const { secrets } = useTemplateSecrets();
  const firstAnswers = useFirstAnswers(kept);
  const [problem, setProblem] = useState<string>();
  const [attempt, setAttempt] = useState(0);

  const [sent, setSent] = useState(0);
  const [refusal] = useState<Refusal>({ attempt: 0, answers: new Map() });

  const uiSchema = useMemo(
    () => ({
      ...pageTemplate({
        record: answers => kept.write(keepable(path.entity, answers)),
        isDescribed: theme !== 'bui',
      }),
      'ui:ErrorListTemplate': WrongFields,
    }),
    [kept, path, theme],
  );
  const formProps = useMemo(
    (): FormProps => ({
      EXPERIMENTAL_theme: theme,
      transformErrors: plainErrors,
      // The browser knows only some of the fields, and would begin with those
      noHtml5Validate: true,
      formContext: { attempt: sent, refusal },
      uiSchema,
    }),
    [refusal, sent, theme, uiSchema],
  );

  const create = async (values: Record<string, JsonValue>) => {
    setProblem(undefined);
    try {
      const { taskId } = await scaffolderApi.scaffold({
        templateRef: path.ref,
        values,
        secrets,
      });
      kept.forget();
      navigate(toRun?.({ taskId }) ?? `../tasks/${taskId}`);
    } catch (error) {
      setProblem(describeError(error));
    }
  };

  return (
    <>
      <div role="alert">
        {problem && (
          <Container pt="4">
            <Alert
              status="danger"
              icon
              title="Nothing was created"
              description={`${problem} Your answers are still here; press Create to try again.`}
            />
          </Container>
        )}
      </div>
      <div onSubmit={() => setSent(count => count + 1)}>
        <Workflow
          key={attempt}
          namespace={path.entity.metadata.namespace ?? 'default'}
          templateName={path.entity.metadata.name}
          title="Your answers"
          description=""
          initialState={firstAnswers as Record<string, JsonValue> | undefined}
          extensions={fields}
          formProps={formProps}
          components={{ ReviewStateComponent: Review }}
          onCreate={create}
          onError={error => (
            <Container>
              <ProblemNotice
                title="The form could not be read"
                error={error}
                onRetry={() => setAttempt(count => count + 1)}
              />
            </Container>
          )}
        />
      </div>
    </>
  );
}

/**
 * The scaffolder's form, with answers that survive a reload and a word when nothing
 * could be started.
 *
 * @internal
 */
export function PathForm(props: {
  path: Path;
  kept: KeptAnswers;
  fields: FieldExtensionOptions[];
  theme: FormProps['EXPERIMENTAL_theme'];
}) {
  return (
    <SecretsContextProvider>
      <Form {...props} />
    </SecretsContextProvider>
  );
}
