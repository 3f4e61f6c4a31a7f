import { ThemeBlueprint } from '@backstage/plugin-app-react';
import {
  createUnifiedTheme,
  genPageTheme,
  UnifiedThemeProvider,
} from '@backstage/theme';
import { RiMoonLine, RiSunLine } from '@remixicon/react';
import { DARK, LIGHT, type Colors } from './colors';
import { createComponents } from './createComponents';
import { createPalette } from './createPalette';
import { FONT, TYPOGRAPHY } from './typography';

function createTheme(options: { mode: 'light' | 'dark'; colors: Colors }) {
  const { colors } = options;
  return createUnifiedTheme({
    palette: createPalette(options),
    fontFamily: FONT,
    typography: TYPOGRAPHY,
    components: createComponents(colors),
    // One look for all kinds of pages
    pageTheme: {
      home: genPageTheme({
        colors: [colors.app],
        shape: 'none',
        options: { fontColor: colors.text },
      }),
    },
  });
}

const light = createTheme({ mode: 'light', colors: LIGHT });
const dark = createTheme({ mode: 'dark', colors: DARK });

/** Takes the place of the stock theme of the same name. */
export const lightTheme = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Light',
      variant: 'light',
      icon: <RiSunLine />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={light}>{children}</UnifiedThemeProvider>
      ),
    },
  },
});

/** Takes the place of the stock theme of the same name. */
export const darkTheme = ThemeBlueprint.make({
  name: 'dark',
  params: {
    theme: {
      id: 'dark',
      title: 'Dark',
      variant: 'dark',
      icon: <RiMoonLine />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={dark}>{children}</UnifiedThemeProvider>
      ),
    },
  },
});
