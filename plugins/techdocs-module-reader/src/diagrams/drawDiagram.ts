import mermaid from 'mermaid';
import { Drawing } from './showDiagram';

let count = 0;

/** Draws the text of a Mermaid diagram. */
export async function drawDiagram(
  text: string,
  options: { isDark: boolean },
): Promise<Drawing> {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    theme: options.isDark ? 'dark' : 'default',
    fontFamily: 'system-ui, sans-serif',
    // What the text of a diagram may not set for itself
    secure: [
      'secure',
      'securityLevel',
      'startOnLoad',
      'maxTextSize',
      'maxEdges',
      'suppressErrorRendering',
      'themeCSS',
      'fontFamily',
      'dompurifyConfig',
    ],
  });
  count += 1;
  const { svg } = await mermaid.render(`techdocs-diagram-${count}`, text);

  // Inert there: nothing of it is run or loaded
  const template = document.createElement('template');
  template.innerHTML = svg;
  const drawing = template.content.querySelector('svg');
  if (!drawing) {
    throw new Error('There is nothing to be seen');
  }
  const [, , width, height] = (drawing.getAttribute('viewBox') ?? '')
    .split(/[\s,]+/)
    .map(Number);
  if (width > 0 && height > 0) {
    drawing.setAttribute('width', String(width));
    drawing.setAttribute('height', String(height));
  }
  return {
    content: new XMLSerializer().serializeToString(drawing),
    title: drawing.querySelector(':scope > title')?.textContent ?? undefined,
    width: width > 0 ? width : 600,
  };
}
