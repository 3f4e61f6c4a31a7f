import { Content } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { HomePageSearchBar } from '@backstage/plugin-search';
import { Container, Flex, Grid, Text } from '@backstage/ui';
import { Fragment } from 'react';
import { StartHere } from './StartHere';

/** Search, the places to start from, then the widgets of the plugins. */
export function HomeLayout({ widgets }: HomePageLayoutProps) {
  const configApi = useApi(configApiRef);
  const title = configApi.getOptionalString('app.title');

  return (
    <Content>
      <Container>
        <Flex direction="column" gap="6">
          <Text as="h1" variant="title-large" weight="bold">
            {title}
          </Text>
          <HomePageSearchBar placeholder="Search services, APIs and docs" />
          <StartHere />
          <Grid.Root columns={{ initial: '1', md: '2' }} gap="4">
            {widgets.map(({ name, component }, index) => (
              <Fragment key={name ?? index}>{component}</Fragment>
            ))}
          </Grid.Root>
        </Flex>
      </Container>
    </Content>
  );
}
