import { Avatar, Card, CardBody, Flex, Text } from '@backstage/ui';
import type { Person } from './usePeople';

/** One of the sample people: a card that is one button. */
export function PersonCard(props: { person: Person; onPress: () => void }) {
  const { displayName, title, description, picture = '' } = props.person;
  return (
    <Card
      label={`Enter as ${displayName}, ${title}`}
      onPress={props.onPress}
      style={{ height: '100%' }}
    >
      <CardBody>
        <Flex gap="3" align="start">
          <Avatar
            src={picture}
            name={displayName}
            size="medium"
            purpose="decoration"
          />
          <div>
            <Text as="h3" variant="body-large" weight="bold">
              {displayName}
            </Text>
            <Text as="p" weight="bold">
              {title}
            </Text>
            <Text as="p" color="secondary">
              {description}
            </Text>
          </div>
        </Flex>
      </CardBody>
    </Card>
  );
}
