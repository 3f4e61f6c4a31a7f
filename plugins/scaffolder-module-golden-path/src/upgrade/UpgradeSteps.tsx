import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import type { JsonObject } from '@backstage/types';
import { Button, Flex, Link, Text } from '@backstage/ui';
import { describeError, Section, useAddress } from '@waymark/ui';
import { useState } from 'react';
import { goldenPathApiRef, type UpgradeStatus } from '../api';
import { AnswerFields } from './AnswerFields';
import { digestOf } from './describeUpgrade';
import { Preview } from './Preview';
import { ProposeButton } from './ProposeButton';
import { isUnderWay } from './useUpgrade';

/** What the backend will call the branch, or has called it. */
function branchOf({ available, proposal }: UpgradeStatus): string {
  return (
    proposal?.branch ??
    `waymark/upgrade-${digestOf(available ?? { version: '' })}`
  );
}

/**
 * From a newer version to its proposal: what it asks, what it would do, and the
 * button.
 *
 * @internal
 */
export function UpgradeSteps(props: {
  status: UpgradeStatus;
  onProposed: () => void;
}) {
  const { status, onProposed } = props;
  const { entityRef, mayPropose, problem, run, state } = status;
  const fields = problem?.fields ?? [];
  const branch = branchOf(status);
  const api = useApi(goldenPathApiRef);
  const toTask = useRouteRef(scaffolderPlugin.routes.ongoingTask);
  const [address, setAddress] = useAddress();
  const [answers, setAnswers] = useState<JsonObject>({});
  // Those that the preview is of
  const [shown, setShown] = useState<JsonObject>();
  const [asking, setAsking] = useState<{
    isPending: boolean;
    taskId?: string;
    error?: unknown;
  }>({ isPending: false });

  const isAnswered = fields.every(
    ({ name, schema }) =>
      answers[name] !== undefined || schema.type === 'boolean',
  );
  const given =
    fields.length === 0
      ? undefined
      : {
          // A box that nobody has ticked says no
          ...Object.fromEntries(
            fields
              .filter(({ schema }) => schema.type === 'boolean')
              .map(({ name }) => [name, false]),
          ),
          ...answers,
        };
  const isShown =
    address.get('preview') === 'true' && (fields.length === 0 || shown);
  // Once it is proposed nothing is asked any more, and its preview stays
  const isUpToDate =
    fields.length === 0 || JSON.stringify(shown) === JSON.stringify(given);

  const unanswered = !isAnswered && (
    <Text as="p" color="secondary">
      Answer what is asked above first.
    </Text>
  );

  const propose = async () => {
    setAsking({ isPending: true });
    try {
      const { taskId } = await api.proposeUpgrade(
        entityRef,
        given && { answers: given },
      );
      setAsking({ isPending: false, taskId });
      onProposed();
    } catch (error) {
      setAsking({ isPending: false, error });
    }
  };

  return (
    <>
      {fields.length > 0 && (
        <Section title="What the newest version asks">
          <Flex direction="column" gap="4">
            <Text as="p">
              Since the service was made, the form has come to ask for more, or
              for something else. The rest is taken from what was answered then.
            </Text>
            <AnswerFields
              fields={fields}
              answers={answers}
              onChange={setAnswers}
            />
          </Flex>
        </Section>
      )}
      {state === 'behind' && (
        <Section title="Upgrade">
          <Flex direction="column" gap="3" align="start">
            {mayPropose ? (
              <>
                <Text as="p">
                  The portal proposes the newest version to your repository.
                  What you changed stays, and you decide when it is merged.
                </Text>
                <ProposeButton
                  branch={branch}
                  isPending={asking.isPending || isUnderWay(run)}
                  isDisabled={!isAnswered}
                  onPropose={propose}
                />
                {unanswered}
              </>
            ) : (
              <Text as="p">
                You may see what is new, but neither look at the files nor have
                the upgrade proposed. Ask somebody who may create services, such
                as an engineer of the group that owns it.
              </Text>
            )}
            <div>
              <div role="alert">
                {asking.error !== undefined && (
                  <Text color="danger">
                    It was not proposed: {describeError(asking.error)}
                  </Text>
                )}
              </div>
              <div role="status">
                {asking.taskId && toTask && !run && (
                  <Link href={toTask({ taskId: asking.taskId })}>
                    Follow its run
                  </Link>
                )}
              </div>
            </div>
          </Flex>
        </Section>
      )}
      {mayPropose && (
        <Section title="What it would do to your files">
          <Flex direction="column" gap="3" align="stretch">
            {!(isShown && isUpToDate) && (
              <div>
                <Button
                  variant="secondary"
                  isDisabled={!isAnswered}
                  onPress={() => {
                    setShown(given);
                    setAddress({ preview: 'true' }, { isStep: true });
                  }}
                >
                  {isShown ? 'Show them with these answers' : 'Show the files'}
                </Button>
              </div>
            )}
            {unanswered}
            {isShown && (
              <Preview entityRef={entityRef} answers={shown} branch={branch} />
            )}
          </Flex>
        </Section>
      )}
    </>
  );
}
