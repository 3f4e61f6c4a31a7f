import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { MESSAGES } from './messages';

/** The stock pages in the words of this portal. */
export const wordingModule = createFrontendModule({
  pluginId: 'app',
  extensions: Object.entries(MESSAGES).map(([name, resource]) =>
    TranslationBlueprint.make({ name, params: { resource } }),
  ),
});
