import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Flex,
  Text,
} from '@backstage/ui';
import type { Path } from '../paths/describePath';
import { PathFacts } from '../paths/PathFacts';
import { PathParts } from '../paths/PathParts';

/**
 * Above a form: what it is for, with the details folded away.
 *
 * @internal
 */
export function PathIntroduction(props: { path: Path }) {
  const { path } = props;
  return (
    <Flex direction="column" gap="3">
      {path.summary && (
        <Text as="p" variant="body-large">
          {path.summary}
        </Text>
      )}
      <Accordion>
        <AccordionTrigger
          level={2}
          title={
            path.makes.length > 0
              ? 'What you get, and what you need'
              : 'What happens, and what you are asked for'
          }
          // In one line on a narrow screen, too
          subtitle={path.duration?.replaceAll(' ', '\u00a0')}
        />
        <AccordionPanel>
          <Flex direction="column" gap="4">
            <PathParts path={path} />
            <PathFacts path={path} />
          </Flex>
        </AccordionPanel>
      </Accordion>
    </Flex>
  );
}
