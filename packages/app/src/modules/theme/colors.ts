/** The colours that Material UI computes with, by their names in tokens.css. */
export interface Colors {
  app: string;
  card: string;
  raised: string;
  text: string;
  textSecondary: string;
  textDisabled: string;
  border: string;
  borderStrong: string;
  accent: string;
  accentHover: string;
  onAccent: string;
  danger: string;
  warning: string;
  success: string;
  info: string;
  dangerBackground: string;
  warningBackground: string;
  infoBackground: string;
  /** The navigation is dark in both themes; its colours have no variables. */
  navigation: {
    background: string;
    hover: string;
    text: string;
    selected: string;
    /** Where the reader is: the blaze. */
    indicator: string;
  };
}

/** The colours of the light theme. */
export const LIGHT: Colors = {
  app: '#f5f7f6',
  card: '#ffffff',
  raised: '#eff3f1',
  text: '#14211e',
  textSecondary: '#50605b',
  textDisabled: '#93a09b',
  border: '#dde5e1',
  borderStrong: '#74837d',
  accent: '#0b6477',
  accentHover: '#084e5d',
  onAccent: '#ffffff',
  danger: '#b3261e',
  warning: '#8a5200',
  success: '#1c7440',
  info: '#0b6477',
  dangerBackground: '#fdeceb',
  warningBackground: '#fdf1dc',
  infoBackground: '#e3f2f5',
  navigation: {
    background: '#13231f',
    hover: '#20352f',
    text: '#b9c8c2',
    selected: '#ffffff',
    indicator: '#f6b73c',
  },
};

/** The colours of the dark theme. */
export const DARK: Colors = {
  app: '#111816',
  card: '#1a2320',
  raised: '#232e2a',
  text: '#eef4f1',
  textSecondary: '#b2c0ba',
  textDisabled: '#71807a',
  border: '#33413b',
  borderStrong: '#83938c',
  accent: '#7accdb',
  accentHover: '#9bdce8',
  onAccent: '#05262d',
  danger: '#ffa198',
  warning: '#f3bb62',
  success: '#7bd79b',
  info: '#7accdb',
  dangerBackground: '#3a1715',
  warningBackground: '#33240a',
  infoBackground: '#0d2e36',
  navigation: {
    background: '#0b110f',
    hover: '#1d2925',
    text: '#b2c0ba',
    selected: '#ffffff',
    indicator: '#f6b73c',
  },
};

/** The variable of tokens.css that holds the same colour. */
export const VARIABLES: Record<Exclude<keyof Colors, 'navigation'>, string> = {
  app: '--bui-bg-app',
  card: '--bui-bg-neutral-1',
  raised: '--bui-bg-neutral-2',
  text: '--bui-fg-primary',
  textSecondary: '--bui-fg-secondary',
  textDisabled: '--bui-fg-disabled',
  border: '--bui-border-1',
  borderStrong: '--bui-border-2',
  accent: '--bui-accent-bg',
  accentHover: '--bui-accent-bg-hover',
  onAccent: '--bui-accent-fg',
  danger: '--bui-fg-negative',
  warning: '--bui-fg-warning',
  success: '--bui-fg-positive',
  info: '--bui-fg-announcement',
  dangerBackground: '--bui-negative-bg-subdued',
  warningBackground: '--bui-warning-bg-subdued',
  infoBackground: '--bui-announcement-bg-subdued',
};
