import { useRouteRef } from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Alert,
  Badge,
  ButtonLink,
  Card,
  CardBody,
  Flex,
  Text,
} from '@backstage/ui';
import { useId } from 'react';
import type { Path } from './describePath';
import styles from './PathCard.module.css';
import { PathFacts } from './PathFacts';
import { PathParts } from './PathParts';
import { StarButton } from './StarButton';

/**
 * A template to choose: a golden path at length, any other with the details folded
 * away.
 *
 * @internal
 */
export function PathCard(props: {
  path: Path;
  mayCreate: boolean;
  /** Whether the reader looks after templates, and so what is wrong with them. */
  mayManage: boolean;
}) {
  const { path, mayCreate, mayManage } = props;
  const { entity, title, summary, isGoldenPath, tags, problems } = path;
  const toForm = useRouteRef(scaffolderPlugin.routes.selectedTemplate);
  const titleId = useId();
  const { namespace = 'default', name } = entity.metadata;

  return (
    <Card aria-labelledby={titleId} className={styles.card}>
      <CardBody>
        <Flex direction="column" gap="4">
          <div className={styles.head}>
            <div className={styles.title}>
              <Flex align="center" gap="1">
                <Text
                  as="h3"
                  id={titleId}
                  variant={isGoldenPath ? 'title-small' : 'title-x-small'}
                  weight="bold"
                >
                  {title}
                </Text>
                <StarButton entity={entity} title={title} />
              </Flex>
              {summary && <Text as="p">{summary}</Text>}
            </div>
            {mayCreate && toForm && (
              <ButtonLink
                variant={isGoldenPath ? 'primary' : 'secondary'}
                href={toForm({ namespace, templateName: name })}
                aria-describedby={titleId}
              >
                {isGoldenPath ? 'Use this path' : 'Use this template'}
              </ButtonLink>
            )}
          </div>
          {mayManage && problems.length > 0 && (
            <Alert
              status="warning"
              icon
              title="What this template says of itself cannot be read"
              description={problems.join('; ')}
            />
          )}
          {isGoldenPath && <PathParts path={path} headingLevel="h4" />}
          <PathFacts path={path} />
          {tags.length > 0 && (
            <ul className={styles.tags} aria-label="Tags">
              {tags.map(tag => (
                <li key={tag}>
                  <Badge size="small">{tag}</Badge>
                </li>
              ))}
            </ul>
          )}
          {!isGoldenPath && (
            <Accordion>
              <AccordionTrigger level={4} title="What it does and asks" />
              <AccordionPanel>
                <PathParts path={path} headingLevel="h4" />
              </AccordionPanel>
            </Accordion>
          )}
        </Flex>
      </CardBody>
    </Card>
  );
}
