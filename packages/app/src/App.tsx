import { createApp } from '@backstage/frontend-defaults';
import { homeModule } from './modules/home';
import { navModule } from './modules/nav';
import { notFoundModule } from './modules/notFound';
import {
  catalogPermissionsModule,
  scaffolderPermissionsModule,
} from './modules/permissions';
import { signInModule } from './modules/signIn';
import { themeModule } from './modules/theme';

// The plugins are found among the dependencies, see app.packages in app-config.yaml
export default createApp({
  features: [
    catalogPermissionsModule,
    homeModule,
    navModule,
    notFoundModule,
    scaffolderPermissionsModule,
    signInModule,
    themeModule,
  ],
});
