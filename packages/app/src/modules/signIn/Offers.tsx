import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import { RiGithubFill } from '@remixicon/react';
import type { Choice } from './choice';
import { People } from './People';

/** The ways to sign in that the configuration holds. */
export function Offers(props: {
  /** The way that is being tried. */
  pending?: Choice;
  onChoose: (choice: Choice) => void;
  onError: (error: Error) => void;
}) {
  const { pending, onChoose, onError } = props;
  const config = useApi(configApiRef);
  const offers = (provider: Choice['provider']) =>
    config.has(`auth.providers.${provider}`);
  const guest = offers('guest');
  const github = offers('github');
  const personas = offers('personas');

  return (
    <>
      {github && (
        <Flex direction="column" gap="3" align="start">
          <Text as="p">
            For everybody who is in the catalog of this portal.
          </Text>
          <Button
            iconStart={<RiGithubFill />}
            isPending={pending?.provider === 'github'}
            onPress={() => onChoose({ provider: 'github' })}
          >
            Sign in with GitHub
          </Button>
        </Flex>
      )}
      {guest && (
        <Flex direction="column" gap="3" align="start">
          <Text as="p">
            This portal runs on this machine and for you alone. No account is
            needed: enter and look around.
          </Text>
          <Button
            variant={github ? 'secondary' : 'primary'}
            onPress={() => onChoose({ provider: 'guest' })}
          >
            Enter as guest
          </Button>
        </Flex>
      )}
      {personas && (
        <People
          onChoose={userEntityRef =>
            onChoose({ provider: 'personas', userEntityRef })
          }
          onError={onError}
        />
      )}
      {!github && !guest && !personas && (
        <Text as="p">
          No way to sign in is configured: auth.providers is empty.
        </Text>
      )}
    </>
  );
}
