import {
  SidebarDivider,
  SidebarGroup,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { RiShieldKeyholeLine } from '@remixicon/react';
import type { ReactNode } from 'react';
import { useMaySeeCredentials } from './useMay';

const useStyles = makeStyles(theme => ({
  heading: {
    margin: 0,
    padding: theme.spacing(1, 3),
    color: theme.palette.navigation.color,
    fontSize: 12,
    fontWeight: 600,
    whiteSpace: 'nowrap',
  },
}));

/** What is looked after now and then; not there for whom there is nothing in it. */
export function Administration(props: { credentials: ReactNode }) {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  const maySeeCredentials = useMaySeeCredentials();
  if (!maySeeCredentials || !props.credentials) {
    return null;
  }
  return (
    <>
      <SidebarDivider />
      <SidebarGroup label="Administration" icon={<RiShieldKeyholeLine />}>
        {isOpen && <div className={classes.heading}>Administration</div>}
        {props.credentials}
      </SidebarGroup>
    </>
  );
}
