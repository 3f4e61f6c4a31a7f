import type { BackstageTypography } from '@backstage/theme';

/** The same typeface as Backstage UI, see tokens.css. */
export const FONT = 'var(--bui-font-regular)';

/** Sizes in pixels: those of Backstage UI's titles, instead of posters. */
export const TYPOGRAPHY: BackstageTypography & { button: object } = {
  htmlFontSize: 16,
  fontFamily: FONT,
  h1: { fontSize: 32, fontWeight: 600, marginBottom: 8 },
  h2: { fontSize: 24, fontWeight: 600, marginBottom: 8 },
  h3: { fontSize: 24, fontWeight: 600, marginBottom: 6 },
  h4: { fontSize: 20, fontWeight: 600, marginBottom: 6 },
  h5: { fontSize: 18, fontWeight: 600, marginBottom: 4 },
  h6: { fontSize: 16, fontWeight: 600, marginBottom: 2 },
  // Words as they are written
  button: { textTransform: 'none', fontWeight: 600, letterSpacing: 0 },
};
