import { levelBadge } from './levelBadge';

describe('levelBadge', () => {
  it('says label and level, to readers of the screen too', () => {
    const svg = levelBadge({ label: 'Readiness', level: 'Gold', position: 3 });
    expect(svg).toContain('role="img" aria-label="Readiness: Gold"');
    expect(svg).toContain('<title>Readiness: Gold</title>');
  });

  it('has one colour per position, whatever the level is called', () => {
    const color = (position: number, level: string) =>
      [
        ...levelBadge({ label: 'x', level, position }).matchAll(
          /fill="(#[0-9a-f]{6})"/g,
        ),
      ][1][1];
    const colors = [0, 1, 2, 3, 4, 5, 6].map(position => color(position, 'a'));
    expect(new Set(colors).size).toBe(7);
    expect(color(2, 'anything')).toBe(colors[2]);
    expect(color(17, 'a')).toBe(colors[6]);
  });

  it('is a picture, whatever the texts are', () => {
    const svg = levelBadge({
      label: `</title><script>alert(1)</script>"'&\u0000\ud800`,
      level: 'x'.repeat(1000),
      position: 1,
    });
    expect(svg).not.toContain('<script');
    expect(svg).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;',
    );
    expect(svg).toContain('&amp;\ufffd\ufffd');
    expect(svg).not.toMatch(/href|url\(|style=|@import/);
    expect(svg.length).toBeLessThan(2000);
    expect(svg).toContain('x…');
  });
});
