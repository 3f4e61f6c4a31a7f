import { Card, CardBody, Text } from '@backstage/ui';
import { RiEyeLine, RiSpeakLine } from '@remixicon/react';
import type { EntityDelivery } from '@waymark/plugin-golden-paths-common';
import { Moment } from '@waymark/ui';
import { Mark } from '../shared/Mark';
import { describeVersion, nameOfKind } from './describeDeployment';
import styles from './Environments.module.css';

/** What runs in each environment now. */
export function Environments(props: {
  environments: EntityDelivery['environments'];
}) {
  const { environments } = props;
  return environments.length === 0 ? null : (
    <ul className={styles.list} aria-label="What runs where">
      {environments.map(item => (
        <li key={item.environment}>
          <Card className={styles.card}>
            <CardBody>
              <Text as="h3" variant="body-medium" color="secondary">
                {item.environment}
              </Text>
              <Text as="p" variant="title-x-small" weight="bold">
                {item.kind === 'removed'
                  ? 'Nothing'
                  : describeVersion(item) ?? 'Unknown version'}
              </Text>
              <Text as="p" variant="body-small">
                {nameOfKind(item.kind)} <Moment at={item.at} inline />
              </Text>
              <Mark
                Icon={item.observed ? RiEyeLine : RiSpeakLine}
                tone="neutral"
              >
                {item.observed ? 'Seen running' : 'Claimed by the pipeline'}
              </Mark>
            </CardBody>
          </Card>
        </li>
      ))}
    </ul>
  );
}
