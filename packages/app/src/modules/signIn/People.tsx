import { Flex, Text } from '@backstage/ui';
import { makeStyles } from '@material-ui/core/styles';
import { PersonCard } from './PersonCard';
import { usePeople } from './usePeople';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    // As many columns as fit, one on a phone
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 20rem), 1fr))',
    gap: 'var(--bui-space-4)',
    listStyle: 'none',
    margin: 0,
    padding: 0,
    // The button of a card is as large as the card
    '& .bui-CardTrigger': {
      clip: 'auto',
      clipPath: 'none',
      height: '100%',
      inset: 0,
      margin: 0,
      opacity: 0,
      width: '100%',
    },
  },
});

/** People to enter as without a password, to see the portal as each of them does. */
export function People(props: {
  onChoose: (userEntityRef: string) => void;
  onError: (error: Error) => void;
}) {
  const classes = useStyles();
  const { people } = usePeople({ onError: props.onError });

  return (
    <Flex direction="column" gap="3">
      <div>
        <Text as="h2" variant="title-small" weight="bold" id="people">
          Enter as one of these people
        </Text>
        <Text as="p" color="secondary">
          No password is asked. Each sees and may do something else.
        </Text>
      </div>
      {people?.length === 0 && (
        <Text as="p">
          None of them is in the catalog. Where the portal has only just
          started, reload this page; where the sample organisation is turned
          off, this part of the page can go, too: auth.providers.personas in the
          configuration.
        </Text>
      )}
      <ul className={classes.list} aria-labelledby="people">
        {people?.map(person => (
          <li key={person.userEntityRef}>
            <PersonCard
              person={person}
              onPress={() => props.onChoose(person.userEntityRef)}
            />
          </li>
        ))}
      </ul>
    </Flex>
  );
}
