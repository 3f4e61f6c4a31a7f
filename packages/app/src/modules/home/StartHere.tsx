import { usePermission } from '@backstage/plugin-permission-react';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import { Card, CardBody, Grid, Text } from '@backstage/ui';

const CREATE = {
  href: '/create',
  title: 'Create a service',
  text: 'Fill in one form; get a repository that builds, tests and documents itself.',
};

const READ = [
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

/** The things that most visits are for, those that the reader may do. */
export function StartHere() {
  const { allowed: mayCreate } = usePermission({
    permission: taskCreatePermission,
  });
  const starts = mayCreate ? [CREATE, ...READ] : READ;
  return (
    <Grid.Root columns={{ initial: '1', sm: mayCreate ? '3' : '2' }} gap="4">
      {starts.map(({ href, title, text }) => (
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
