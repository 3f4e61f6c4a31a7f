import type { Entity } from '@backstage/catalog-model';
import { Alert } from '@backstage/ui';
import { readSpec } from '@waymark/ui';

/** Of what is on its way out, or not there yet. */
export function LifecycleNotice(props: { entity: Entity }) {
  const { entity } = props;
  const kind = entity.kind === 'API' ? 'API' : entity.kind.toLowerCase();
  switch (readSpec(entity, 'lifecycle')) {
    case 'deprecated':
      return (
        <Alert
          status="warning"
          icon
          title={`This ${kind} is deprecated`}
          description="Build nothing new on it, and ask its owner what takes its place."
        />
      );
    case 'experimental':
      return (
        <Alert
          status="info"
          icon
          title={`This ${kind} is experimental`}
          description="It may change, or go, without notice. Talk to its owner before you rely on it."
        />
      );
    default:
      return null;
  }
}
