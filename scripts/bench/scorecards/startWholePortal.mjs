import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { startPortal } from '../../lib/portal.mjs';
import { OWNER_OF_MOST, PLATFORM, companyOf } from './organization.mjs';

/** Facts are pushed here, and nothing is collected. */
const COLLECTORS = [
  'api-slo',
  'catalog',
  'delivery',
  'fact-files',
  'github',
  'pagerduty',
  'repository-files',
];

const NEVER = { days: 30 };
const idle = { initialDelay: NEVER, frequency: NEVER, timeout: { minutes: 5 } };

/** What the files of the repository say otherwise. */
const configuration = ({ database, catalogFile, config: { permission } }) => ({
  permission: {
    ...permission,
    policy: {
      ...permission.policy,
      members: {
        ...permission.policy.members,
        // Who starts the portal looks whether its catalog is filled
        platform: [`user:default/${PLATFORM}`, 'user:development/guest'],
      },
    },
  },
  backend: { database },
  auth: {
    providers: {
      personas: {
        people: [PLATFORM, OWNER_OF_MOST].map(name => ({
          userEntityRef: `user:default/${name}`,
          title: name,
        })),
      },
    },
  },
  catalog: {
    locations: [
      {
        type: 'file',
        target: catalogFile,
        rules: [{ allow: ['Component', 'Group', 'User', 'Scorecard'] }],
      },
    ],
    processingInterval: { hours: 24 },
  },
  // Work of others, which comes and goes while something is measured
  search: {
    collators: { catalog: { schedule: idle }, techdocs: { schedule: idle } },
  },
  scorecards: {
    collectors: Object.fromEntries(
      COLLECTORS.map(id => [id, { enabled: false }]),
    ),
  },
});

/** There is nothing to make their documentation of. */
function withoutDocs({ metadata, ...entity }) {
  const { 'backstage.io/techdocs-ref': docs, ...annotations } =
    metadata.annotations;
  return { ...entity, metadata: { ...metadata, annotations } };
}

/**
 * The backend of the portal with the built app, as `startTrial` starts the
 * smallest one: here the catalog has its entities from a file, from the start on.
 */
export function startWholePortal(services) {
  return async ({ name, directory, database, config }) => {
    const dataDir = path.join(directory, name);
    mkdirSync(dataDir, { recursive: true });
    const catalogFile = path.join(dataDir, 'catalog-info.yaml');
    writeFileSync(
      catalogFile,
      companyOf(services)
        .map(withoutDocs)
        .map(entity => stringify(entity, { aliasDuplicateObjects: false }))
        .join('---\n'),
    );
    const configFile = path.join(dataDir, 'app-config.yaml');
    writeFileSync(
      configFile,
      stringify(configuration({ database, catalogFile, config }), {
        aliasDuplicateObjects: false,
      }),
    );
    const portal = await startPortal({
      dataDir,
      configs: [configFile],
      sample: false,
      timeoutMs: 900_000,
    });
    return {
      url: portal.url,
      stop: portal.stop,
      log: portal.log,
      /** What the smallest one is told is here in the file. */
      ask: async () => undefined,
      async signIn(user) {
        const response = await fetch(
          `${portal.url}/api/auth/personas/refresh`,
          {
            method: 'POST',
            headers: {
              'x-requested-with': 'XMLHttpRequest',
              'x-persona': `user:default/${user}`,
            },
          },
        );
        const { backstageIdentity } = await response.json();
        return response.ok ? backstageIdentity.token : undefined;
      },
    };
  };
}
