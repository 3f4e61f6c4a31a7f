import { AppRootWrapperBlueprint } from '@backstage/plugin-app-react';
import type { MouseEvent } from 'react';
import styles from './SkipLink.module.css';

/** Where a page begins, best first: pages of some plugins have no main part. */
const BEGINNINGS = ['main', '[role="main"]', 'h1'];

function goToContent(event: MouseEvent) {
  event.preventDefault();
  const content = BEGINNINGS.map(selector =>
    document.querySelector<HTMLElement>(selector),
  ).find(element => element !== null);
  if (content) {
    // Focusable, and yet no stop of the Tab key
    content.tabIndex = -1;
    content.focus();
  }
}

/**
 * The first stop of the Tab key: leads past the navigation. The stock button is
 * missing on pages without the older kind of header, and is out of sight.
 */
export const skipLink = AppRootWrapperBlueprint.make({
  name: 'skip-link',
  params: {
    component: ({ children }) => (
      <>
        <a href="#content" className={styles.link} onClick={goToContent}>
          Skip to content
        </a>
        {children}
      </>
    ),
  },
});
