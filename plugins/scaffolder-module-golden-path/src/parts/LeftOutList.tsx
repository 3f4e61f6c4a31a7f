import { Text } from '@backstage/ui';
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
  parts?: Part[];
}) {
  const { leftOut, parts = [] } = props;
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
          <dd>
            <Text>{reason}</Text>
          </dd>
        </div>
      ))}
    </dl>
  );
}
