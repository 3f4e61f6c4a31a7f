import type { EntityContentLayoutProps } from '@backstage/plugin-catalog-react/alpha';
import { Fragment, type JSX } from 'react';
import { Notices } from '../notices/Notices';
import styles from './OverviewLayout.module.css';

function Elements(props: { elements: JSX.Element[] }) {
  return (
    <>
      {props.elements.map((element, index) => (
        <Fragment key={element.key ?? index}>{element}</Fragment>
      ))}
    </>
  );
}

/**
 * The overview of an entity: what is wrong with it, what plugins put on top, and
 * two columns, of which the narrow one says who and where.
 */
export function OverviewLayout(
  props: EntityContentLayoutProps & {
    /** Across both columns, see the slot `top`. */
    top: JSX.Element[];
  },
) {
  const { cards, top } = props;
  const aside = cards.filter(({ type }) => type === 'info');
  const main = cards.filter(({ type }) => type !== 'info');
  return (
    <div className={styles.overview}>
      <div className={styles.top}>
        <Notices />
        <Elements elements={top} />
      </div>
      <div className={styles.columns}>
        {/* First on a narrow screen and for whoever listens to the page */}
        <div className={styles.aside}>
          <Elements elements={aside.map(({ element }) => element)} />
        </div>
        <div className={styles.main}>
          <Elements elements={main.map(({ element }) => element)} />
        </div>
      </div>
    </div>
  );
}
