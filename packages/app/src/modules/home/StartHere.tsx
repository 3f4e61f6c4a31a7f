import { Card, CardBody, Grid, Text } from '@backstage/ui';

const STARTS = [
  {
    href: '/create',
    title: 'Create a service',
    text: 'Fill in one form; get a repository that builds, tests and documents itself.',
  },
  {
    href: '/catalog',
    title: 'Browse the catalog',
    text: 'Every service, API and system, and the group that looks after it.',
  },
  {
    href: '/docs',
    title: 'Read the docs',
    text: 'Documentation that lives beside the code it describes.',
  },
];

/** The three things that most visits are for. */
export function StartHere() {
  return (
    <Grid.Root columns={{ initial: '1', sm: '3' }} gap="4">
      {STARTS.map(({ href, title, text }) => (
        <Card key={href} href={href} label={title}>
          <CardBody>
            <Text as="h2" variant="title-x-small" weight="bold">
              {title}
            </Text>
            <Text as="p" color="secondary">
              {text}
            </Text>
          </CardBody>
        </Card>
      ))}
    </Grid.Root>
  );
}
