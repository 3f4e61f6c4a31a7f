import { useAnalytics } from '@backstage/frontend-plugin-api';
import { Badge, Link } from '@backstage/ui';
import { textOf, type Found } from '../results/Found';
import { FoundIcon } from '../results/FoundIcon';
import { FoundPreview } from '../results/FoundPreview';
import { Marked } from '../results/Marked';
import styles from './SearchPage.module.css';

/** A result with what one has to know to choose it. */
export function ResultCard(props: {
  found: Found;
  rank?: number;
  noTrack: boolean;
}) {
  const { found, noTrack, rank } = props;
  const analytics = useAnalytics();
  const title = textOf(found.title);
  return (
    <div className={styles.card}>
      <FoundIcon sort={found.sort} />
      <div className={styles.what}>
        <Link
          href={found.to}
          variant="body-large"
          weight="bold"
          onClick={() => {
            if (!noTrack) {
              analytics.captureEvent('discover', title, {
                attributes: { to: found.to },
                value: rank,
              });
            }
          }}
        >
          <Marked text={found.title} />
        </Link>
        {found.isDeprecated && <Badge size="small">deprecated</Badge>}
        <FoundPreview found={found} />
      </div>
    </div>
  );
}
