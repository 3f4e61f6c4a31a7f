import { Text } from '@backstage/ui';

/** Said of what has just come into the catalog; what follows shows by itself. */
export function Pending() {
  return (
    <div role="status">
      <Text color="secondary">
        New in the catalog: it is judged within half a minute.
      </Text>
    </div>
  );
}
