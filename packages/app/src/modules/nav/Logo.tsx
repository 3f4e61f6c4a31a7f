import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  mark: { fill: theme.palette.navigation.indicator },
  name: { fill: theme.palette.navigation.selectedColor, fontWeight: 600 },
}));

/** A signpost: the product's mark, also drawn in `public/icon.svg`. */
const MARK = 'M4 5h15l7 6-7 6h-7v11H8V17H4z';

/** The mark alone, for the closed sidebar. */
export function LogoIcon() {
  const classes = useStyles();
  return (
    <svg width={28} height={28} viewBox="0 0 32 32" aria-hidden="true">
      <path className={classes.mark} d={MARK} />
    </svg>
  );
}

/** The mark with the product's name, for the open sidebar. */
export function LogoFull() {
  const classes = useStyles();
  return (
    <svg width={158} height={28} viewBox="0 0 180 32" aria-hidden="true">
      <path className={classes.mark} d={MARK} />
      <text className={classes.name} x={38} y={22} fontSize={22}>
        Waymark
      </text>
    </svg>
  );
}
