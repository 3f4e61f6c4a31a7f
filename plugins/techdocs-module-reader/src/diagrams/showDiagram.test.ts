import { screen } from '@testing-library/dom';
import { showDiagram } from './showDiagram';

function page(): HTMLElement {
  document.body.innerHTML =
    '<div class="diagram"><pre><code>graph TD; A--&gt;B</code></pre></div>';
  return document.body.querySelector('pre')!;
}

describe('a diagram', () => {
  it('is a picture with its text below', async () => {
    let given = '';
    await showDiagram(page(), async text => {
      given = text;
      return {
        content: '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
        title: 'From A to B',
        width: 99.5,
      };
    });
    expect(given).toBe('graph TD; A-->B');
    const picture = screen.getByRole('img', { name: 'From A to B' });
    expect(picture).toHaveAttribute(
      'src',
      expect.stringMatching(/^data:image\/svg\+xml,/),
    );
    expect(picture).toHaveAttribute('width', '100');
    // Nothing of it is in the page itself
    expect(document.querySelector('svg')).toBeNull();
    expect(screen.getByText('Text of the diagram').parentElement).toContainHTML(
      'graph TD; A--&gt;B',
    );
  });

  it('that cannot be drawn says why, and stays a text', async () => {
    await showDiagram(page(), async () => {
      throw new Error('Parse error on line 1:\n…');
    });
    expect(screen.getByRole('note')).toHaveTextContent(
      'This diagram cannot be drawn: Parse error on line 1:',
    );
    expect(screen.getByText('graph TD; A-->B')).toBeVisible();
  });
});
