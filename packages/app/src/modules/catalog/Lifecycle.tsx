import type { Entity } from '@backstage/catalog-model';
import { Text } from '@backstage/ui';

/** How far an entity is in its life; what nobody should build on stands out. */
export function Lifecycle(props: { entity: Entity }) {
  const value = props.entity.spec?.lifecycle;
  if (typeof value !== 'string') {
    return null;
  }
  return (
    <Text color={value === 'deprecated' ? 'warning' : 'primary'}>{value}</Text>
  );
}
