import { palettes } from '@backstage/theme';
import type { Colors } from './colors';

/** Material UI's palette, with the names that Backstage adds, in our colours. */
export function createPalette(options: {
  mode: 'light' | 'dark';
  colors: Colors;
}) {
  const { mode, colors } = options;
  const { navigation } = colors;
  return {
    ...palettes[mode],
    background: { default: colors.app, paper: colors.card },
    text: {
      primary: colors.text,
      secondary: colors.textSecondary,
      disabled: colors.textDisabled,
    },
    divider: colors.border,
    primary: {
      main: colors.accent,
      dark: colors.accentHover,
      contrastText: colors.onAccent,
    },
    secondary: {
      main: colors.accent,
      dark: colors.accentHover,
      contrastText: colors.onAccent,
    },
    error: { main: colors.danger },
    status: {
      ok: colors.success,
      warning: colors.warning,
      error: colors.danger,
      running: colors.info,
      pending: colors.warning,
      aborted: colors.textSecondary,
    },
    border: colors.border,
    textContrast: colors.text,
    textVerySubtle: colors.borderStrong,
    textSubtle: colors.textSecondary,
    highlight: colors.warningBackground,
    errorBackground: colors.dangerBackground,
    warningBackground: colors.warningBackground,
    infoBackground: colors.infoBackground,
    errorText: colors.danger,
    infoText: colors.info,
    warningText: colors.warning,
    link: colors.accent,
    linkHover: colors.accentHover,
    gold: colors.warning,
    navigation: {
      background: navigation.background,
      indicator: navigation.indicator,
      color: navigation.text,
      selectedColor: navigation.selected,
      navItem: { hoverBackground: navigation.hover },
      submenu: { background: navigation.hover },
    },
    tabbar: { indicator: colors.accent },
  };
}
