import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import express from 'express';
import { endUnusedConnections } from './endUnusedConnections';
import { isCallBetweenPlugins } from './isCallBetweenPlugins';
import { refuseForeignHosts } from './refuseForeignHosts';

/** @internal */
export const rootHttpRouter = rootHttpRouterServiceFactory({
  configure(context) {
    const { app, config, healthRouter, middleware, routes, applyDefaults } =
      context;
    endUnusedConnections(context);
    app.use(refuseForeignHosts(config));

    // One page can make plugins ask each other dozens of times. All of that comes
    // from one address, which a limit on requests would soon lock out
    const betweenPlugins = express.Router();
    betweenPlugins.use(
      middleware.logging(),
      routes,
      middleware.notFound(),
      middleware.error(),
    );
    app.use((request, response, next) =>
      isCallBetweenPlugins(request)
        ? betweenPlugins(request, response, next)
        : next(),
    );

    // Before the limit as well: probes come from few addresses, and often
    app.use(healthRouter);
    applyDefaults();
  },
});
