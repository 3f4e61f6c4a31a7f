import { AppRootWrapperBlueprint } from '@backstage/plugin-app-react';
import type { MouseEvent } from 'react';
import styles from './SkipLink.module.css';

function goToContent(event: MouseEvent) {
  event.preventDefault();
  document.getElementById('content')?.focus();
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
