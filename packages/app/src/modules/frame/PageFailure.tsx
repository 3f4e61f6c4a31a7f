import type { ErrorDisplayProps } from '@backstage/frontend-plugin-api';
import { Container, Flex, Link } from '@backstage/ui';
import { ProblemNotice } from '@waymark/ui';

/** In place of a page, or a part of one, that broke while it was drawn. */
export function PageFailure(props: ErrorDisplayProps) {
  const { plugin, error, resetError } = props;
  const name = plugin?.title ?? plugin?.id;
  return (
    <Container>
      <Flex direction="column" gap="4">
        <ProblemNotice
          title={
            name
              ? `Something in “${name}” does not work`
              : 'Something on this page does not work'
          }
          error={error}
          onRetry={resetError}
        />
        <Flex gap="4">
          <Link href="/">Home</Link>
          <Link href="/catalog">Catalog</Link>
        </Flex>
      </Flex>
    </Container>
  );
}
