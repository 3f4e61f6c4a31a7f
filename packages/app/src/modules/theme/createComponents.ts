import type { UnifiedThemeOptions } from '@backstage/theme';
import type { Colors } from './colors';

const CARD = {
  border: '1px solid var(--bui-border-1)',
  borderRadius: 'var(--bui-radius-3)',
  boxShadow: 'none',
};
const FLOATING = {
  border: '1px solid var(--bui-border-1)',
  boxShadow: 'var(--waymark-shadow)',
};
/** The keyboard's place, drawn as Backstage UI draws it. */
const FOCUS = {
  outline: '2px solid var(--bui-ring)',
  outlineOffset: 2,
};
/** Below the width from which filters stand beside what they are about. */
const NARROW = '@media (max-width: 1279.95px)';
const FOCUS_WITHIN = { ...FOCUS, outlineOffset: -2 };

/** Material UI's own components, so that they look like those of Backstage UI. */
function createMaterial(colors: Colors) {
  return {
    // Progress indicators of the plugins have no name for screen readers
    MuiLinearProgress: { defaultProps: { 'aria-label': 'In progress' } },
    MuiCircularProgress: { defaultProps: { 'aria-label': 'In progress' } },
    // Two looks of text that plugins give to what is no heading, or holds one
    MuiTypography: {
      defaultProps: {
        variantMapping: {
          h1: 'h1',
          h2: 'h2',
          h3: 'h3',
          h4: 'h4',
          h5: 'div',
          h6: 'h6',
          subtitle1: 'div',
          subtitle2: 'h6',
          body1: 'p',
          body2: 'p',
        },
      },
    },
    MuiPaper: {
      styleOverrides: {
        root: { backgroundImage: 'unset' },
        rounded: { borderRadius: 'var(--bui-radius-3)' },
        elevation1: CARD,
        elevation2: CARD,
        elevation3: CARD,
        elevation8: FLOATING,
      },
    },
    MuiCardHeader: {
      styleOverrides: {
        root: { paddingBottom: 0 },
        title: { fontSize: '1.125rem', fontWeight: 600, lineHeight: 1.4 },
        subheader: { fontSize: '0.875rem' },
      },
    },
    MuiDivider: {
      styleOverrides: { root: { backgroundColor: colors.border } },
    },
    MuiButtonBase: {
      styleOverrides: {
        root: { '&.Mui-focusVisible, &:focus-visible': FOCUS },
      },
    },
    MuiButton: {
      styleOverrides: {
        root: {
          textTransform: 'none' as const,
          letterSpacing: 0,
          fontWeight: 600,
          borderRadius: 'var(--bui-radius-2)',
        },
        text: { padding: undefined },
        contained: {
          boxShadow: 'none',
          '&:hover, &:active': { boxShadow: 'none' },
        },
      },
    },
    // Within a list the frame would be cut off
    MuiListItem: {
      styleOverrides: {
        button: { '&.Mui-focusVisible, &:focus-visible': FOCUS_WITHIN },
      },
    },
    MuiOutlinedInput: {
      styleOverrides: {
        root: { borderRadius: 'var(--bui-radius-2)' },
        notchedOutline: { borderColor: colors.borderStrong },
      },
    },
    MuiChip: {
      styleOverrides: {
        root: {
          margin: '0 var(--bui-space-1) var(--bui-space-1) 0',
          backgroundColor: colors.raised,
          border: `1px solid ${colors.border}`,
          borderRadius: 'var(--bui-radius-2)',
          color: colors.text,
        },
        label: { fontSize: '0.8125rem', lineHeight: 1.5 },
        labelSmall: { fontSize: '0.75rem' },
      },
    },
    MuiTooltip: {
      styleOverrides: {
        tooltip: {
          backgroundColor: colors.text,
          color: colors.card,
          fontSize: '0.75rem',
        },
      },
    },
    // High enough for a finger
    MuiTableSortLabel: { styleOverrides: { root: { minHeight: 24 } } },
    MuiTableRow: {
      styleOverrides: {
        root: {
          '&:nth-of-type(odd)': { backgroundColor: 'transparent' },
          '&.MuiTableRow-hover:hover, tbody &:hover': {
            backgroundColor: colors.raised,
          },
        },
        hover: { '&:hover': { cursor: 'pointer' } },
        head: {
          '&:nth-of-type(odd)': { backgroundColor: 'transparent' },
        },
      },
    },
    MuiTableCell: {
      styleOverrides: {
        root: {
          verticalAlign: 'middle',
          lineHeight: 1.4,
          margin: 0,
          // Seven columns beside the filters, on a screen of 1280 pixels
          padding: '12px 10px',
          borderBottom: `1px solid ${colors.border}`,
        },
        sizeSmall: { padding: '10px' },
        head: { color: colors.textSecondary, fontWeight: 600, lineHeight: 1.4 },
      },
    },
    MuiTab: {
      styleOverrides: {
        root: {
          color: colors.textSecondary,
          minHeight: 40,
          textTransform: 'none' as const,
          letterSpacing: 0,
          fontWeight: 500,
          '&:hover': { color: colors.text, backgroundColor: colors.raised },
          '&.Mui-selected': { color: colors.text },
          '&.Mui-focusVisible, &:focus-visible': FOCUS_WITHIN,
        },
        textColorPrimary: {
          color: colors.textSecondary,
          '&.Mui-selected': { color: colors.text },
        },
      },
    },
    MuiAccordion: {
      styleOverrides: { root: { '&:before': { display: 'none' } } },
    },
  };
}

/** Backstage's components that are drawn with Material UI. */
function createBackstage(colors: Colors) {
  return {
    // The line in which such a page says what it is: as on all other pages
    BackstageHeader: {
      styleOverrides: {
        header: {
          backgroundImage: 'none',
          backgroundColor: 'transparent',
          boxShadow: 'none',
          padding: 'var(--bui-space-3) var(--bui-space-5)',
        },
        title: { color: colors.text, fontSize: '1.5rem', fontWeight: 600 },
        subtitle: { color: colors.textSecondary, opacity: 1, marginTop: 0 },
        type: {
          color: colors.textSecondary,
          opacity: 1,
          textTransform: 'none' as const,
          fontSize: '0.8125rem',
        },
        breadcrumb: { color: colors.textSecondary },
        breadcrumbType: { opacity: 1 },
      },
    },
    BackstageHeaderLabel: {
      styleOverrides: {
        label: { color: colors.textSecondary },
        value: { color: colors.text },
      },
    },
    BackstageContent: {
      styleOverrides: {
        root: { padding: '0 var(--bui-space-5) var(--bui-space-8)' },
      },
    },
    BackstageContentHeader: {
      styleOverrides: {
        // Nothing in it on most pages
        container: { marginBottom: 0, '& h2': { fontSize: '1.25rem' } },
      },
    },
    // Logs in colours that can be read on the background they are on
    BackstageLogViewer: {
      styleOverrides: {
        lineNumber: { color: colors.accent },
        modifierForegroundGreen: { color: colors.success },
      },
    },
    BackstageTableHeader: {
      styleOverrides: {
        header: {
          padding: '10px',
          borderTop: 0,
          borderBottom: `1px solid ${colors.border}`,
          color: colors.textSecondary,
          fontSize: '0.8125rem',
          fontWeight: 600,
          textTransform: 'none' as const,
          '&:first-child': { borderLeft: 0 },
        },
      },
    },
    // On a narrow screen the search box moves below the title it would cover
    BackstageTableToolbar: {
      styleOverrides: {
        root: { flexWrap: 'wrap' as const, padding: '12px 16px' },
        title: {
          overflow: 'visible',
          '& > h6, & > h2': { fontSize: '1.125rem' },
        },
        searchField: { paddingRight: 0 },
      },
    },
    PluginCatalogTableToolbar: {
      styleOverrides: {
        root: { flexWrap: 'wrap' as const, padding: '12px 16px' },
        text: { overflow: 'visible', fontSize: '1.125rem', fontWeight: 600 },
      },
    },
    // A list to choose from is a card like any other
    CatalogReactUserListPicker: {
      styleOverrides: {
        root: {
          backgroundColor: 'transparent',
          border: 0,
          boxShadow: 'none',
          margin: 0,
        },
        title: {
          margin: '8px 0 4px',
          textTransform: 'none' as const,
          fontSize: '0.875rem',
          fontWeight: 600,
        },
        groupWrapper: { margin: '0 0 8px' },
        // Leaves the words of the catalog's narrow filter column whole
        menuItem: { paddingLeft: 8, minHeight: 40 },
        listIcon: { minWidth: 26, color: colors.textSecondary },
      },
    },
    BackstageItemCardHeader: {
      styleOverrides: {
        root: {
          backgroundImage: 'none',
          backgroundColor: colors.raised,
          color: colors.text,
        },
      },
    },
    // Where the filters have no room beside the graph they come below it
    PluginCatalogGraphCatalogGraphPage: {
      styleOverrides: {
        container: { [NARROW]: { height: 'auto', maxHeight: 'none' } },
        fullHeight: { [NARROW]: { height: '60vh', maxHeight: 'none' } },
        filters: { [NARROW]: { order: 1 } },
      },
    },
    PluginCatalogGraphCustomNode: {
      styleOverrides: {
        node: {
          fill: colors.raised,
          stroke: colors.borderStrong,
          '&.primary': { fill: colors.raised, stroke: colors.accent },
          '&.secondary': { fill: colors.accent, stroke: colors.accent },
        },
        text: {
          fill: colors.text,
          '&.primary': { fill: colors.text },
          '&.secondary': { fill: colors.onAccent },
          '&.focused': { fontWeight: 600 },
        },
      },
    },
  };
}

/** How components that Backstage draws with Material UI differ from stock. */
export function createComponents(
  colors: Colors,
): UnifiedThemeOptions['components'] {
  return { ...createMaterial(colors), ...createBackstage(colors) };
}
