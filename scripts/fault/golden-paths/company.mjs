/** Who and what is there while things break. */

export const SERVICES = 40;
const SQUADS = 4;
export const PLATFORM = 'platform-engineer';

const annotations = {
  'backstage.io/managed-by-location': 'url:https://git.example/all.yaml',
  'backstage.io/managed-by-origin-location': 'url:https://git.example/all.yaml',
};

const entity = (kind, name, spec) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, annotations },
  spec,
});

const list = (length, make) =>
  Array.from({ length }, (_, index) => make(index));

export const refOf = index => `component:default/service-${index}`;

export const company = () => [
  entity('Group', 'platform', { type: 'squad', children: [] }),
  entity('User', PLATFORM, { memberOf: ['platform'] }),
  ...list(SQUADS, index =>
    entity('Group', `squad-${index}`, { type: 'squad', children: [] }),
  ),
  ...list(SERVICES, index =>
    entity('Component', `service-${index}`, {
      type: 'service',
      lifecycle: 'production',
      owner: `squad-${index % SQUADS}`,
    }),
  ),
];
