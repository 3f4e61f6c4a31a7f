import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SidebarContent } from './Sidebar';
import { skipLink } from './SkipLink';

/** The sidebar, and the way past it. */
export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [SidebarContent, skipLink],
});
