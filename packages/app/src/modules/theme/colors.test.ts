import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DARK, LIGHT, VARIABLES, type Colors } from './colors';

const css = readFileSync(path.resolve(__dirname, 'tokens.css'), 'utf8');

/** The variables of one theme, as a browser would find them. */
function readVariables(mode: 'light' | 'dark'): Record<string, string> {
  const [, block] = css.match(
    new RegExp(`\\[data-theme-mode='${mode}'\\] \\{([^}]*)\\}`),
  )!;
  return Object.fromEntries(
    [...block.matchAll(/(--[a-z0-9-]+):\s*(#[0-9a-f]{6});/g)].map(
      ([, name, color]) => [name, color],
    ),
  );
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map(start => {
    const channel = parseInt(color.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045
      ? channel / 12.92
      : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const PAGE = ['--bui-bg-app', '--bui-bg-neutral-1', '--bui-bg-neutral-2'];

/** What stands on what, and the least contrast that WCAG AA asks for. */
const PAIRS: Array<[least: number, foreground: string, on: string[]]> = [
  [4.5, '--bui-fg-primary', PAGE],
  [4.5, '--bui-fg-secondary', PAGE],
  [4.5, '--bui-accent-bg', PAGE],
  [4.5, '--bui-fg-negative', PAGE],
  [4.5, '--bui-fg-warning', PAGE],
  [4.5, '--bui-fg-positive', PAGE],
  [4.5, '--bui-fg-announcement', PAGE],
  [4.5, '--bui-accent-fg', ['--bui-accent-bg', '--bui-accent-bg-hover']],
  [4.5, '--bui-negative-fg', ['--bui-negative-bg', '--bui-negative-bg-hover']],
  ...['negative', 'warning', 'positive', 'announcement'].map(
    (intent): [number, string, string[]] => [
      4.5,
      `--bui-${intent}-fg-subdued`,
      [`--bui-${intent}-bg-subdued`, `--bui-${intent}-bg-subdued-hover`],
    ],
  ),
  [3, '--bui-ring', PAGE],
  [3, '--bui-border-2', PAGE],
  [3, '--bui-negative-border', PAGE],
  [3, '--waymark-blaze', PAGE],
];

describe.each<['light' | 'dark', Colors]>([
  ['light', LIGHT],
  ['dark', DARK],
])('the colours of the %s theme', (mode, colors) => {
  const variables = readVariables(mode);

  it('are the same in Material UI and in Backstage UI', () => {
    const { navigation, ...shared } = colors;
    expect(shared).toEqual(
      Object.fromEntries(
        Object.entries(VARIABLES).map(([key, name]) => [key, variables[name]]),
      ),
    );
  });

  it.each(PAIRS)('have a contrast of %s for %s', (least, foreground, on) => {
    for (const background of on) {
      const ratio = contrast(variables[foreground], variables[background]);
      expect({ background, enough: ratio >= least, ratio }).toEqual(
        expect.objectContaining({ enough: true }),
      );
    }
  });

  it('can be read in the navigation', () => {
    const { background, hover, text, selected, indicator } = colors.navigation;
    for (const surface of [background, hover]) {
      expect(contrast(text, surface)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(selected, surface)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(indicator, surface)).toBeGreaterThanOrEqual(3);
    }
  });
});
