import { Content } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Container, Flex, Link, Text } from '@backstage/ui';
import { readContact } from '@waymark/ui';

/** In place of a page that the reader may not open: what is missing, whom to ask. */
export function ForbiddenPage(props: {
  /** What the reader may not do, as the end of a sentence. */
  what: string;
  /** Who may, as a sentence. */
  who: string;
}) {
  const contact = readContact(useApi(configApiRef));
  return (
    <Content>
      <Container>
        <Flex direction="column" gap="4">
          <Text as="h1" variant="title-medium" weight="bold">
            This page is not open to you
          </Text>
          <Text>
            You may not {props.what}. {props.who} Ask{' '}
            {contact ? (
              <Link href={contact.url}>{contact.name}</Link>
            ) : (
              'the people who run this portal'
            )}{' '}
            if you need it.
          </Text>
          <Flex gap="4">
            <Link href="/">Home</Link>
            <Link href="/catalog">Catalog</Link>
            <Link href="/search">Search</Link>
          </Flex>
        </Flex>
      </Container>
    </Content>
  );
}
