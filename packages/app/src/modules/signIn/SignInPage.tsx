import { Progress, ProxiedSignInPage } from '@backstage/core-components';
import {
  configApiRef,
  useApi,
  type IdentityApi,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  forgetChoice,
  recallChoice,
  rememberChoice,
  type Choice,
} from './choice';
import { describeFailure } from './describeFailure';
import { Frame } from './Frame';
import { Offers } from './Offers';
import { useGithub } from './useGithub';
import { withSignOut } from './withSignOut';

interface Attempt {
  choice: Choice;
  /** Whether it goes on from an earlier visit, without a question to the reader. */
  resumed: boolean;
}

/** Says that signing in failed, where a component is asked for. */
function Report(props: {
  error?: Error;
  onReport: (error: Error | undefined) => void;
}) {
  const { error, onReport } = props;
  useEffect(() => onReport(error), [error, onReport]);
  return null;
}

/** How GitHub's answer comes back where its page takes the place of this one. */
function useRedirectFailure(): Error | undefined {
  const [parameters] = useSearchParams();
  const message = parameters.get('error');
  const isRedirect = useApi(configApiRef).getOptionalBoolean(
    'enableExperimentalRedirectFlow',
  );
  return isRedirect && message ? new Error(message) : undefined;
}

/**
 * Offers the ways to sign in that the configuration holds, goes on with the one
 * that was taken before, and says what went wrong.
 */
export function SignInPage({ onSignInSuccess }: SignInPageProps) {
  const config = useApi(configApiRef);
  const title = config.getOptionalString('app.title') ?? 'the portal';
  const help = config.getOptionalString('auth.signIn.help');
  const signInWithGithub = useGithub();

  const redirectFailure = useRedirectFailure();
  const [failure, setFailure] = useState<string | undefined>(
    redirectFailure && describeFailure({ error: redirectFailure, help }),
  );
  const [attempt, setAttempt] = useState<Attempt | undefined>(() => {
    const choice = redirectFailure ? undefined : recallChoice();
    return choice && config.has(`auth.providers.${choice.provider}`)
      ? { choice, resumed: true }
      : undefined;
  });

  const report = useCallback(
    (error: unknown) => setFailure(describeFailure({ error, help })),
    [help],
  );
  const fail = useCallback(
    (error: unknown) => {
      forgetChoice();
      setAttempt(undefined);
      report(error);
    },
    [report],
  );
  const succeed = useCallback(
    (identity: IdentityApi) =>
      onSignInSuccess(withSignOut(identity, forgetChoice)),
    [onSignInSuccess],
  );
  const ErrorComponent = useCallback(
    (props: { error?: Error }) => <Report {...props} onReport={fail} />,
    [fail],
  );

  const resumesGithub =
    attempt?.resumed === true && attempt.choice.provider === 'github';
  useEffect(() => {
    if (resumesGithub) {
      signInWithGithub({ interactive: false })
        .then(identity =>
          identity ? succeed(identity) : setAttempt(undefined),
        )
        .catch(fail);
    }
  }, [resumesGithub, signInWithGithub, succeed, fail]);

  // While the window of GitHub is open, the reader may choose something else
  const latest = useRef<Choice>();
  const choose = (choice: Choice) => {
    latest.current = choice;
    rememberChoice(choice);
    setFailure(undefined);
    setAttempt({ choice, resumed: false });
    if (choice.provider === 'github') {
      const isLatest = () => latest.current === choice;
      signInWithGithub({ interactive: true })
        .then(identity => identity && isLatest() && succeed(identity))
        .catch(error => isLatest() && fail(error));
    }
  };

  if (resumesGithub) {
    return <Progress />;
  }
  if (attempt && attempt.choice.provider !== 'github') {
    const { choice } = attempt;
    return (
      <ProxiedSignInPage
        provider={choice.provider}
        headers={
          choice.provider === 'personas'
            ? { 'x-persona': choice.userEntityRef }
            : {}
        }
        onSignInSuccess={succeed}
        ErrorComponent={ErrorComponent}
      />
    );
  }
  return (
    <Frame title={`Sign in to ${title}`} failure={failure}>
      <Offers pending={attempt?.choice} onChoose={choose} onError={report} />
    </Frame>
  );
}
