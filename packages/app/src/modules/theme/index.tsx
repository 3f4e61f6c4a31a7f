import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import {
  createUnifiedTheme,
  palettes,
  UnifiedThemeProvider,
} from '@backstage/theme';
import { RiMoonLine, RiSunLine } from '@remixicon/react';

/** What the stock themes lack. */
function createComponents(options: { success: string; link: string }) {
  const { success, link } = options;
  return {
    // Progress indicators of the plugins have no name for screen readers
    MuiLinearProgress: { defaultProps: { 'aria-label': 'In progress' } },
    MuiCircularProgress: { defaultProps: { 'aria-label': 'In progress' } },
    // Logs in colours that can be read on the background they are on
    BackstageLogViewer: {
      styleOverrides: {
        lineNumber: { color: link },
        modifierForegroundGreen: { color: success },
      },
    },
    // On a narrow screen the search box moves below the title it would cover
    BackstageTableToolbar: {
      styleOverrides: {
        root: { flexWrap: 'wrap' as const },
        title: { overflow: 'visible' },
      },
    },
    PluginCatalogTableToolbar: {
      styleOverrides: {
        root: { flexWrap: 'wrap' as const },
        text: { overflow: 'visible' },
      },
    },
    // Leaves the words of the catalog's narrow filter column whole
    CatalogReactUserListPicker: {
      styleOverrides: {
        menuItem: { paddingLeft: 8 },
        listIcon: { minWidth: 26 },
      },
    },
  };
}

const themes = {
  light: createUnifiedTheme({
    palette: palettes.light,
    components: createComponents({ success: '#1b5e20', link: '#0a5ea4' }),
  }),
  dark: createUnifiedTheme({
    palette: palettes.dark,
    components: createComponents({ success: '#81c784', link: '#9cc9ff' }),
  }),
};

const lightTheme = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Light',
      variant: 'light',
      icon: <RiSunLine />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={themes.light}>
          {children}
        </UnifiedThemeProvider>
      ),
    },
  },
});

const darkTheme = ThemeBlueprint.make({
  name: 'dark',
  params: {
    theme: {
      id: 'dark',
      title: 'Dark',
      variant: 'dark',
      icon: <RiMoonLine />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={themes.dark}>
          {children}
        </UnifiedThemeProvider>
      ),
    },
  },
});

/** The stock themes with what keeps them from being usable by everybody mended. */
export const themeModule = createFrontendModule({
  pluginId: 'app',
  extensions: [lightTheme, darkTheme],
});
