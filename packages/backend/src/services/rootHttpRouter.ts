import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { refuseForeignHosts } from './refuseForeignHosts';

/** @internal */
export const rootHttpRouter = rootHttpRouterServiceFactory({
  configure({ app, config, applyDefaults }) {
    app.use(refuseForeignHosts(config));
    applyDefaults();
  },
});
