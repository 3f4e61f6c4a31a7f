import {
  createExtension,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { SignInPage } from './SignInPage';

/**
 * Not by the blueprint, which loads it when it is shown: it is the first that
 * anybody sees, and everybody goes through it.
 */
const signInPage = createExtension({
  kind: 'sign-in-page',
  attachTo: { id: 'app/root', input: 'signInPage' },
  output: [SignInPageBlueprint.dataRefs.component],
  factory: () => [SignInPageBlueprint.dataRefs.component(SignInPage)],
});

/** Sign-in by whatever ways `auth.providers` holds. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [signInPage],
});
