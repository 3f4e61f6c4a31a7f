/** A drawing as a file of its own, and what it says of itself. */
export interface Drawing {
  /** SVG. */
  content: string;
  title?: string;
  width: number;
}

/**
 * Puts the drawing of a diagram before its text, which is folded in. What cannot
 * be drawn stays a text, with the reason.
 */
export async function showDiagram(
  source: HTMLElement,
  draw: (text: string) => Promise<Drawing>,
): Promise<void> {
  const text = source.querySelector('code')?.textContent ?? '';
  const page = source.ownerDocument;
  try {
    const drawing = await draw(text);
    // As a picture: in it nothing runs, nothing is loaded, no link leads anywhere
    const picture = page.createElement('img');
    picture.src = `data:image/svg+xml,${encodeURIComponent(drawing.content)}`;
    picture.alt = drawing.title ?? 'Diagram; its text is below';
    picture.width = Math.ceil(drawing.width);
    picture.style.cssText = 'display: block; height: auto; max-width: 100%;';

    const details = page.createElement('details');
    const summary = page.createElement('summary');
    summary.textContent = 'Text of the diagram';
    details.append(summary);
    source.replaceWith(picture, details);
    details.append(source);
  } catch (error) {
    const problem = page.createElement('p');
    problem.setAttribute('role', 'note');
    const [reason] = String(
      error instanceof Error ? error.message : error,
    ).split('\n');
    problem.textContent = `This diagram cannot be drawn: ${reason}`;
    source.before(problem);
  }
}
