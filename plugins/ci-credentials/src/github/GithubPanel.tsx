import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Flex,
  Text,
} from '@backstage/ui';
import type { CiCredentialSettings } from '@waymark/plugin-ci-credentials-common';
import { CodeBlock } from '@waymark/ui';
import { createWorkflow } from '../create/snippets';
import { useExampleCall } from '../create/useExampleCall';

/**
 * How workflows on GitHub do without a token of ours. Nothing where no GitHub is
 * trusted.
 *
 * @internal
 */
export function GithubPanel(props: { github: CiCredentialSettings['github'] }) {
  const call = useExampleCall();
  if (props.github.length === 0) {
    return null;
  }
  return (
    <Accordion>
      <AccordionTrigger title="GitHub Actions need no token" />
      <AccordionPanel>
        <Flex direction="column" gap="4">
          {props.github.map(({ host, issuer, audience }) => (
            <Flex key={`${host} ${audience}`} direction="column" gap="3">
              <Text>
                A workflow on {host} asks GitHub for a token that says which
                repository it runs in. This portal trusts such tokens when they
                come from <code>{issuer}</code> and are meant for{' '}
                <code>{audience}</code>; the workflow speaks for the components
                whose source is that repository. There is nothing to store and
                nothing to revoke.
              </Text>
              {call && (
                <CodeBlock
                  label={`Workflow for ${host}`}
                  copyLabel="Copy workflow"
                >
                  {createWorkflow({ call, audience })}
                </CodeBlock>
              )}
            </Flex>
          ))}
        </Flex>
      </AccordionPanel>
    </Accordion>
  );
}
