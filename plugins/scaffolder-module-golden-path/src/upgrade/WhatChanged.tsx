import { Text } from '@backstage/ui';
import { Section } from '@waymark/ui';
import type { UpgradeChange, UpgradeLayer, UpgradeStatus } from '../api';
import styles from './WhatChanged.module.css';

function describeLayer({ name, from, to }: UpgradeLayer): string {
  if (from === undefined) {
    return `${name} ${to}, a new layer`;
  }
  return to === undefined
    ? `${name} ${from}, no longer used`
    : `${name}, from ${from} to ${to}`;
}

function Changes(props: { changes: UpgradeChange[] }) {
  return props.changes.length === 0 ? null : (
    <ul className={styles.changes}>
      {props.changes.map(({ version, text }) => (
        <li key={`${version} ${text}`}>
          <strong>{version}</strong> {text}
        </li>
      ))}
    </ul>
  );
}

/**
 * What the authors of a path and of its layers say of the versions since.
 *
 * @internal
 */
export function WhatChanged(props: { status: UpgradeStatus }) {
  const { changes, layers, template } = props.status;
  return (
    <Section title="What changed">
      {changes.length === 0 && layers.length === 0 && (
        <Text as="p">
          Its authors have not written about it. The files below show it.
        </Text>
      )}
      <ul className={styles.parts}>
        {changes.length > 0 && (
          <li>
            <Text weight="bold">{template?.title ?? 'The golden path'}</Text>
            <Changes changes={changes} />
          </li>
        )}
        {layers.map(layer => (
          <li key={layer.name}>
            <Text weight="bold">{describeLayer(layer)}</Text>
            <Changes changes={layer.changes} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
