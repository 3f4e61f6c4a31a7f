import type { ErrorDisplayProps } from '@backstage/frontend-plugin-api';
import { Alert, Button, Container, Flex, Link } from '@backstage/ui';
import { ProblemNotice } from '@waymark/ui';

/** Whether it is code of the portal that could not be fetched. */
function isCodeMissing(error: Error): boolean {
  return (
    error.name === 'ChunkLoadError' ||
    ('code' in error && error.code === 'CSS_CHUNK_LOAD_FAILED')
  );
}

/** In place of a page, or a part of one, that broke while it was drawn. */
export function PageFailure(props: ErrorDisplayProps) {
  const { plugin, error, resetError } = props;
  const name = plugin?.title ?? plugin?.id;
  return (
    <Container>
      <Flex direction="column" gap="4">
        {isCodeMissing(error) ? (
          // React remembers that it did not come, and would not ask again
          <Alert
            role="alert"
            status="danger"
            icon
            title="This page did not load"
            description="The portal does not answer, or there is a newer one since you opened it."
            customActions={
              <Button
                size="small"
                variant="secondary"
                onPress={() => window.location.reload()}
              >
                Load it again
              </Button>
            }
          />
        ) : (
          <ProblemNotice
            title={
              name
                ? `Something in “${name}” does not work`
                : 'Something on this page does not work'
            }
            error={error}
            onRetry={resetError}
          />
        )}
        <Flex gap="4">
          <Link href="/">Home</Link>
          <Link href="/catalog">Catalog</Link>
        </Flex>
      </Flex>
    </Container>
  );
}
