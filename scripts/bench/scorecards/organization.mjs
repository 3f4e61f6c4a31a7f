/**
 * The company that is measured: as many services as wanted, in 100 squads of ten
 * departments and in 200 systems of 20 domains, and ten scorecards with ten rules
 * each, every one of which reads facts that can be turned round.
 */

const SQUADS = 100;
const SYSTEMS = 200;
const SCORECARDS = 10;
const RULES = 10;
/** Facts per service. */
const FACTS = 20;
/** People who sign in once each: what nobody has asked before is cold. */
export const READERS = 60;

export const PLATFORM = 'platform-engineer';
/** Reads what their own squads own, which is almost everything. */
export const OWNER_OF_MOST = 'owner-of-most';

const annotations = {
  'backstage.io/managed-by-location': 'url:https://git.example/all.yaml',
  'backstage.io/managed-by-origin-location': 'url:https://git.example/all.yaml',
};

const entity = (kind, name, spec, metadata = {}) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, annotations, ...metadata },
  spec,
});

const list = (length, make) =>
  Array.from({ length }, (_, index) => make(index));

const serviceName = index => `service-${index}`;
export const serviceRef = index => `component:default/${serviceName(index)}`;

/** @param {{ lifecycle?: string }} [changed] */
export function service(index, { lifecycle = 'production' } = {}) {
  const spec = {
    type: 'service',
    lifecycle,
    owner: `squad-${index % SQUADS}`,
    system: `system-${index % SYSTEMS}`,
  };
  return entity('Component', serviceName(index), spec, {
    title: `Service ${index}`,
    description:
      'Takes what comes, remembers it for a while, and hands it on to whoever asks for it.',
    tags: ['java', 'postgresql', `tier-${index % 4}`],
    links: [
      { title: 'Dashboard', url: `https://dashboards.example/d/${index}` },
      { title: 'Logs', url: `https://logs.example/?service=${index}` },
    ],
    annotations: {
      ...annotations,
      'backstage.io/techdocs-ref': 'dir:.',
      'example.com/repository': `https://git.example/${serviceName(index)}`,
    },
  });
}

/** Everything but services and scorecards. */
export function surroundings() {
  const platform = { type: 'squad', children: [] };
  return [
    entity('Group', 'platform', platform),
    entity('Group', 'readers', platform),
    ...list(SQUADS / 10, index =>
      entity('Group', `department-${index}`, {
        type: 'department',
        children: [],
      }),
    ),
    ...list(SQUADS, index =>
      entity('Group', `squad-${index}`, {
        type: 'squad',
        parent: `department-${Math.floor(index / 10)}`,
        children: [],
      }),
    ),
    entity('User', PLATFORM, { memberOf: ['platform'] }),
    entity('User', OWNER_OF_MOST, {
      memberOf: list(SQUADS - 3, index => `squad-${index}`),
    }),
    ...list(READERS, index =>
      entity('User', `reader-${index}`, { memberOf: ['readers'] }),
    ),
    ...list(SYSTEMS / 10, index =>
      entity('Domain', `domain-${index}`, { owner: 'platform' }),
    ),
    ...list(SYSTEMS, index =>
      entity('System', `system-${index}`, {
        owner: `squad-${index % SQUADS}`,
        domain: `domain-${Math.floor(index / 10)}`,
      }),
    ),
  ];
}

/** Passes while the facts are as `factsOf` gives them, fails when turned round. */
function check(number) {
  const first = `facts.bench.part${number % FACTS}.value`;
  const second = `facts.bench.part${(number + 7) % FACTS}.value`;
  return [
    `${first} >= 50`,
    `${first} >= 50 && ${second} >= 50`,
    `!(${first} < 50) && size(entity.metadata.tags) > 1`,
    `entity.spec.lifecycle == 'production' && ${first} >= 50`,
    `[${first}, ${second}].all(value, value >= 50)`,
  ][number % 5];
}

/** Of the first scorecard: reads one fact and nothing else. */
export const PUSHED = { ruleId: 'rule-0', fact: 'bench.part0.value' };
/** Of the first scorecard: reads the lifecycle, too. */
export const CHANGED = { ruleId: 'rule-3' };

const LEVELS = ['bronze', 'silver', 'gold'];
export const SCORECARD_REFS = list(
  SCORECARDS,
  index => `scorecard:default/scorecard-${index}`,
);

export function scorecards() {
  return list(SCORECARDS, scorecard => ({
    ...entity('Scorecard', `scorecard-${scorecard}`, {
      // Or the one who sees only what is their own would see no scorecard
      owner: 'group:default/squad-0',
      lifecycle: 'live',
      appliesTo: { kind: 'Component', 'spec.type': 'service' },
      levels: LEVELS.map(id => ({ id })),
      rules: list(RULES, rule => ({
        id: `rule-${rule}`,
        title: `Rule ${rule} of scorecard ${scorecard}`,
        level: LEVELS[rule % LEVELS.length],
        weight: 1 + (rule % 3),
        check: check(scorecard * RULES + rule),
        maxAge: { days: 300 },
        why: 'It is measured.',
      })),
    }),
    apiVersion: 'waymark.dev/v1alpha1',
  }));
}

/** All that is in the catalog. */
export const companyOf = services => [
  ...surroundings(),
  ...scorecards(),
  ...list(services, index => service(index)),
];

/** How many outcomes so many services have. */
export const outcomesOf = services => services * SCORECARDS * RULES;

/** The facts of one service as they are pushed. */
export function factsOf(index) {
  const observedAt = new Date().toISOString();
  return list(FACTS, fact => ({
    entityRef: serviceRef(index),
    name: `bench.part${fact}.value`,
    value: 50 + ((index * 7 + fact) % 50),
    observedAt,
    source: 'https://ci.example/bench',
  }));
}

/**
 * What has come to light since: of each service some facts are worse, so that there is
 * something of everything on the screens.
 */
export function setbacksOf(index) {
  const observedAt = new Date().toISOString();
  return list(FACTS, fact => ({ fact, turn: (index * 13 + fact * 29) % 37 }))
    .filter(({ turn }) => turn < index % 5)
    .map(({ fact }) => ({
      entityRef: serviceRef(index),
      name: `bench.part${fact}.value`,
      value: 12,
      observedAt,
      source: 'https://ci.example/bench',
    }));
}

/**
 * What `permission.policy` says: readers see what is not kept for others, as
 * everybody does by default; one person sees only what their own squads own.
 */
export const policy = {
  members: {
    platform: ['group:default/platform'],
    engineer: ['group:default/readers'],
  },
  roles: {
    everyone: {
      allow: [
        { permissions: ['catalog.entity.read'], when: 'owner' },
        {
          permissions: ['scorecards.*', 'golden-paths.*'],
          action: 'read',
        },
      ],
    },
    engineer: {
      allow: [{ permissions: ['catalog.entity.read'], when: 'audience' }],
    },
  },
};
