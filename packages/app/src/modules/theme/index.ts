import { createFrontendModule } from '@backstage/frontend-plugin-api';
import './fixColumns';
import { darkTheme, lightTheme } from './themes';

/** The portal's look, light and dark. */
export const themeModule = createFrontendModule({
  pluginId: 'app',
  extensions: [lightTheme, darkTheme],
});
