import { Container, Flex, Link, Text } from '@backstage/ui';
import { Helmet } from 'react-helmet';
import { useLocation } from 'react-router-dom';

/**
 * Says which address leads nowhere, and where to go instead. The stock page sends
 * the reader to the makers of Backstage.
 */
export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <Container pt="4">
      <Helmet title="There is no page here" />
      <Flex direction="column" gap="4">
        <Text as="h1" variant="title-medium" weight="bold">
          There is no page here
        </Text>
        <Text style={{ overflowWrap: 'anywhere' }}>
          Nothing answers at {pathname}. The address may be mistyped, or what it
          led to is gone.
        </Text>
        <Flex gap="4">
          <Link href="/">Home</Link>
          <Link href="/catalog">Catalog</Link>
          <Link href="/search">Search</Link>
        </Flex>
      </Flex>
    </Container>
  );
}
