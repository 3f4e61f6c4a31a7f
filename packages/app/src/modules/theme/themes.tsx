import { ThemeBlueprint } from '@backstage/plugin-app-react';
import {
  createUnifiedTheme,
  genPageTheme,
  UnifiedThemeProvider,
} from '@backstage/theme';
import { RiMoonLine, RiSunLine } from '@remixicon/react';
import type { PropsWithChildren } from 'react';
import { DARK, LIGHT, type Colors } from './colors';
import { createComponents } from './createComponents';
import { createPalette } from './createPalette';
import { FONT, TYPOGRAPHY } from './typography';
import { useIsDark } from './useIsDark';

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

/**
 * One component for both themes: with another one for each, the whole page would be
 * built anew when the theme changes, at dusk for instance, and whatever somebody has
 * just typed would be gone.
 */
function Provider({ children }: PropsWithChildren<{}>) {
  return (
    <UnifiedThemeProvider theme={useIsDark() ? dark : light}>
      {children}
    </UnifiedThemeProvider>
  );
}

/** Takes the place of the stock theme of the same name. */
export const lightTheme = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Light',
      variant: 'light',
      icon: <RiSunLine />,
      Provider,
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
      Provider,
    },
  },
});
