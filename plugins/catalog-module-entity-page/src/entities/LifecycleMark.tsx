import type { Entity } from '@backstage/catalog-model';
import { RiErrorWarningLine, RiFlaskLine } from '@remixicon/react';
import { readSpec } from '@waymark/ui';
import styles from './LifecycleMark.module.css';

/** Says of an entity in a list that it is on its way out, or not there yet. */
export function LifecycleMark(props: { entity: Entity }) {
  const lifecycle = readSpec(props.entity, 'lifecycle');
  if (lifecycle === 'deprecated') {
    return (
      <span className={styles.deprecated}>
        <RiErrorWarningLine size={14} aria-hidden="true" />
        deprecated
      </span>
    );
  }
  if (lifecycle === 'experimental') {
    return (
      <span className={styles.experimental}>
        <RiFlaskLine size={14} aria-hidden="true" />
        experimental
      </span>
    );
  }
  return null;
}
