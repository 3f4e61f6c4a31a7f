import { createBackend } from '@backstage/backend-defaults';
import { database } from './services/database';
import { rootConfig } from './services/rootConfig';
import { rootHealth } from './services/rootHealth';
import { rootHttpRouter } from './services/rootHttpRouter';

const backend = createBackend();

// What everything stands on
backend.add(rootConfig);
backend.add(rootHttpRouter);
backend.add(rootHealth);
backend.add(database);

// The built frontend, served from the same address as the API
backend.add(import('@backstage/plugin-app-backend'));

// Who is asking
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@waymark/plugin-auth-backend-module-personas'));
backend.add(import('@waymark/plugin-auth-backend-module-github-catalog-user'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@waymark/plugin-permission-backend-module-policy'));
backend.add(import('@waymark/plugin-ci-credentials-backend'));
backend.add(import('@waymark/plugin-ci-credentials-node'));

// Where code lives
backend.add(import('@waymark/plugin-forge-backend'));

// What exists, who owns it
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@waymark/plugin-catalog-backend-module-forge'));
backend.add(import('@backstage/plugin-catalog-backend-module-github'));
backend.add(import('@backstage/plugin-catalog-backend-module-github-org'));
backend.add(import('@waymark/plugin-catalog-backend-module-github-arrivals'));
backend.add(import('@waymark/plugin-catalog-backend-module-scorecards'));
backend.add(import('@backstage/plugin-events-backend'));

// What happens to it
backend.add(import('@waymark/plugin-golden-paths-backend'));

// What is pushed to the forge runs here; local portals only
backend.add(import('@waymark/plugin-forge-runner-backend'));

// How good it is
backend.add(import('@waymark/plugin-scorecards-backend'));
backend.add(import('@waymark/plugin-scorecards-backend-module-catalog'));
backend.add(import('@waymark/plugin-scorecards-backend-module-delivery'));
backend.add(import('@waymark/plugin-scorecards-backend-module-fact-files'));
backend.add(import('@waymark/plugin-scorecards-backend-module-api-slo'));
backend.add(import('@waymark/plugin-scorecards-backend-module-pagerduty'));
backend.add(import('@waymark/plugin-scorecards-backend-module-github'));
backend.add(
  import('@waymark/plugin-scorecards-backend-module-repository-files'),
);

// How a service is made
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-workspace-database'),
);
backend.add(import('@waymark/plugin-scaffolder-backend-module-golden-path'));
// What templates from elsewhere publish with
backend.add(import('@backstage/plugin-scaffolder-backend-module-gitea'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));

// Documentation and search
backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('@waymark/plugin-techdocs-backend-module-markdown'));
backend.add(import('@backstage/plugin-search-backend'));
// Ranking; the index is in the database, where that is PostgreSQL
backend.add(import('@waymark/plugin-search-backend-module-ranking'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));

// The reader's own settings and messages
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));

backend.start().catch(error => {
  // Half a portal would hold its port, and no orchestrator would start it again
  console.error(error);
  process.exit(1);
});
