import { useSidebarOpenState } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  heading: {
    padding: theme.spacing(1, 3),
    color: theme.palette.navigation.color,
    fontSize: 12,
    fontWeight: 600,
    whiteSpace: 'nowrap',
  },
}));

/** Above what is looked after now and then, while the sidebar is open. */
export function AdministrationHeading() {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return isOpen ? <div className={classes.heading}>Administration</div> : null;
}
