import { Link, Text, VisuallyHidden } from '@backstage/ui';
import type { Place } from './collectLinks';
import styles from './PlaceLink.module.css';

/** One place, and how it is told from the others. */
export function PlaceLink(props: { place: Place }) {
  const { type, title, detail, url } = props.place;
  const isOutside = /^https?:/.test(url);
  return (
    <li className={styles.place}>
      <type.Icon size={18} className={styles.icon} aria-hidden="true" />
      <div className={styles.words}>
        {!title.toLowerCase().includes(type.label.toLowerCase()) && (
          <VisuallyHidden>{type.label}: </VisuallyHidden>
        )}
        <Link
          href={url}
          standalone
          {...(isOutside && { target: '_blank', rel: 'noopener noreferrer' })}
        >
          {title}
          {isOutside && <VisuallyHidden> (opens a new tab)</VisuallyHidden>}
        </Link>
        {detail && (
          <Text
            as="div"
            variant="body-small"
            color="secondary"
            className={styles.detail}
            title={detail}
          >
            {detail}
          </Text>
        )}
      </div>
    </li>
  );
}
