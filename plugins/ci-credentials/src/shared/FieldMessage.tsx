import { Text } from '@backstage/ui';

/**
 * A line beneath a field that screen readers announce when it changes.
 *
 * The element is always present, empty when there is nothing to say: assistive
 * technology only watches live regions that exist before their text does.
 *
 * @internal
 */
export function FieldMessage(props: { id: string; children?: string }) {
  return (
    <div id={props.id} role="alert">
      {props.children && (
        <Text as="div" variant="body-small" color="danger">
          {props.children}
        </Text>
      )}
    </div>
  );
}
