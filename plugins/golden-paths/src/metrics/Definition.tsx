import { Link } from '@backstage/ui';
import type { MetricDefinition } from '@waymark/plugin-golden-paths-common';
import { Markdown, safeUrl } from '@waymark/ui';
import { MissingEvents } from './MissingEvents';
import styles from './Definition.module.css';

/** What a metric says, who defined it so, and what it is made of. */
export function Definition(props: { definition: MetricDefinition }) {
  const { definition } = props;
  const { source } = definition;
  const url = source.url && safeUrl(source.url);
  return (
    <div className={styles.definition}>
      <Markdown>{definition.definition}</Markdown>
      <p>
        Defined by{' '}
        {url ? (
          <Link href={url} target="_blank" rel="noopener noreferrer">
            {source.title}
          </Link>
        ) : (
          source.title
        )}
        . <MissingEvents definition={definition} />
      </p>
    </div>
  );
}
