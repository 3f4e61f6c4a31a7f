import { Alert, Container, Flex, Text } from '@backstage/ui';
import { makeStyles } from '@material-ui/core/styles';
import type { PropsWithChildren } from 'react';
import { SampleNotice } from '../frame/SampleNotice';
import { LogoFull } from '../nav/Logo';

const useStyles = makeStyles(theme => ({
  page: {
    minHeight: '100vh',
    backgroundColor: theme.palette.background.default,
  },
  // The colour of the navigation that takes its place after sign-in
  band: {
    backgroundColor: theme.palette.navigation.background,
    color: theme.palette.navigation.selectedColor,
    '--waymark-blaze': theme.palette.navigation.indicator,
    padding: theme.spacing(2, 0),
    // The stock container keeps a distance from what follows it
    '& .bui-Container': { marginBottom: 0 },
  },
  content: { padding: theme.spacing(4, 0) },
}));

/** What every state of the sign-in page has in common. */
export function Frame(
  props: PropsWithChildren<{
    title: string;
    /** What went wrong, in words for the reader. */
    failure?: string;
  }>,
) {
  const { title, failure, children } = props;
  const classes = useStyles();
  return (
    <div className={classes.page}>
      <header className={classes.band}>
        <Container>
          <LogoFull />
        </Container>
      </header>
      <SampleNotice withoutLink />
      <main className={classes.content}>
        <Container>
          <Flex direction="column" gap="6">
            <div>
              <Text as="h1" variant="title-medium" weight="bold">
                {title}
              </Text>
              {/* Always there, so that what comes into it is read out */}
              <div role="alert">
                {failure && (
                  <Alert
                    status="danger"
                    icon
                    title="You are not signed in"
                    description={failure}
                    style={{ marginTop: 'var(--bui-space-4)' }}
                  />
                )}
              </div>
            </div>
            {children}
          </Flex>
        </Container>
      </main>
    </div>
  );
}
