import { createApp } from '@backstage/frontend-defaults';
import { apiListModule, catalogListModule } from './modules/catalog';
import { frameModule } from './modules/frame';
import { homeCreateModule, homeModule } from './modules/home';
import { navModule } from './modules/nav';
import {
  catalogPermissionsModule,
  deliveryPermissionsModule,
  scaffolderPermissionsModule,
} from './modules/permissions';
import { signInModule } from './modules/signIn';
import { themeModule } from './modules/theme';
import { wordingModule } from './modules/wording';

// The plugins are found among the dependencies, see app.packages in app-config.yaml
export default createApp({
  features: [
    apiListModule,
    catalogListModule,
    catalogPermissionsModule,
    deliveryPermissionsModule,
    frameModule,
    homeCreateModule,
    homeModule,
    navModule,
    scaffolderPermissionsModule,
    signInModule,
    themeModule,
    wordingModule,
  ],
});
