import { Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import type { LeftOut, Part } from './Part';
import styles from './LeftOutList.module.css';

/**
 * Parts that are left out, with the reason of each.
 *
 * @internal
 */
export function LeftOutList(props: {
  leftOut: LeftOut[];
  /** For their titles; without them they are called by their names. */
  parts?: Pick<Part, 'name' | 'title'>[];
  /** What else there is to say of a part. */
  detailsOf?: (part: string) => ReactNode;
}) {
  const { leftOut, parts = [], detailsOf } = props;
  return (
    <dl className={styles.list}>
      {leftOut.map(({ part, reason }) => (
        <div key={part}>
          <dt>
            <Text weight="bold">
              {parts.find(({ name }) => name === part)?.title ??
                part.charAt(0).toUpperCase() + part.slice(1)}
            </Text>
          </dt>
          <dd className={styles.reason} dir="auto">
            <Text>{reason}</Text>
          </dd>
          {detailsOf && <dd>{detailsOf(part)}</dd>}
        </div>
      ))}
    </dl>
  );
}
