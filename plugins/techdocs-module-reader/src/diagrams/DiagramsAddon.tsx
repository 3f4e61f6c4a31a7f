import { useShadowRootElements } from '@backstage/plugin-techdocs-react';
import { useEffect } from 'react';
import { showDiagram } from './showDiagram';

/** As this portal's own generator writes them, and as MkDocs does. */
const SELECTORS = ['.diagram > pre', 'pre.mermaid'];

const seen = new WeakSet<HTMLElement>();

/**
 * Draws the Mermaid diagrams of a page. What draws them is loaded with the first
 * page that has one.
 */
export const DiagramsAddon = () => {
  const sources = useShadowRootElements<HTMLElement>(SELECTORS);
  useEffect(() => {
    const fresh = sources.filter(source => !seen.has(source));
    fresh.forEach(source => seen.add(source));
    if (fresh.length === 0) {
      return;
    }
    const isDark = document.body.dataset.themeMode === 'dark';
    (async () => {
      // One after the other: they are measured in the page
      for (const source of fresh) {
        await showDiagram(source, async text => {
          const { drawDiagram } = await import('./drawDiagram');
          return drawDiagram(text, { isDark });
        });
      }
    })();
  });
  return null;
};
