import { coreComponentsTranslationRef } from '@backstage/core-components/alpha';
import {
  createFrontendModule,
  createTranslationMessages,
} from '@backstage/frontend-plugin-api';
import {
  SignInPageBlueprint,
  TranslationBlueprint,
} from '@backstage/plugin-app-react';

const signInPage = SignInPageBlueprint.make({
  params: {
    loader: async () => {
      const { SignInPage } = await import('@backstage/core-components');
      return props => (
        <SignInPage
          {...props}
          providers={['guest']}
          title="Your local developer portal"
          align="center"
        />
      );
    },
  },
});

const signInMessages = TranslationBlueprint.make({
  name: 'sign-in',
  params: {
    resource: createTranslationMessages({
      ref: coreComponentsTranslationRef,
      messages: {
        'signIn.guestProvider.subtitle':
          'This portal runs on this machine and for you alone.\nNo account is needed: enter and look around.',
        'signIn.guestProvider.enter': 'Enter as guest',
      },
    }),
  },
});

/** Sign-in for a portal on one's own machine: one click, no account. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [signInPage, signInMessages],
});
