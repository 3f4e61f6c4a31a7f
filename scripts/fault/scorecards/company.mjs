/** Who and what is there while things break, and what ought to come of it. */

export const SERVICES = 60;
const SQUADS = 6;
/** Facts that rules read, of every service. */
export const FACTS = ['load.first', 'load.second', 'load.third'];
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

export const service = (index, lifecycle = 'production') =>
  entity('Component', `service-${index}`, {
    type: 'service',
    lifecycle,
    owner: `squad-${index % SQUADS}`,
  });

/** Title and level as everywhere; what it comes to is told beside it. */
const rules = [
  {
    scorecard: 'load',
    id: 'first',
    level: 'bronze',
    check: 'facts.load.first >= 50',
    outcome: ({ facts }) => atLeast(facts['load.first']),
  },
  {
    scorecard: 'load',
    id: 'second',
    level: 'silver',
    check: 'facts.load.second >= 50',
    outcome: ({ facts }) => atLeast(facts['load.second']),
  },
  {
    scorecard: 'life',
    id: 'third',
    level: 'bronze',
    check: 'facts.load.third >= 50',
    outcome: ({ facts }) => atLeast(facts['load.third']),
  },
  {
    scorecard: 'life',
    id: 'production',
    level: 'silver',
    check: "entity.spec.lifecycle == 'production'",
    outcome: ({ lifecycle }) => (lifecycle === 'production' ? 'pass' : 'fail'),
  },
];

function atLeast(value) {
  if (value === undefined) {
    return 'noData';
  }
  return value >= 50 ? 'pass' : 'fail';
}

/** What scorecards ought to say of a service. */
export function expected({ facts, lifecycle }) {
  const found = {};
  for (const { scorecard, id, level, outcome } of rules) {
    found[scorecard] ??= { outcomes: {}, level: undefined, held: true };
    const of = found[scorecard];
    of.outcomes[id] = outcome({ facts, lifecycle });
    // Rules stand in the order of their levels
    of.held &&= of.outcomes[id] === 'pass';
    of.level = of.held ? level : of.level;
  }
  return Object.fromEntries(
    Object.entries(found).map(([name, { outcomes, level }]) => [
      `scorecard:default/${name}`,
      { outcomes, level },
    ]),
  );
}

const scorecard = name => ({
  ...entity('Scorecard', name, {
    owner: 'group:default/platform',
    lifecycle: 'live',
    appliesTo: { kind: 'Component' },
    levels: [{ id: 'bronze' }, { id: 'silver' }],
    rules: rules
      .filter(rule => rule.scorecard === name)
      .map(({ id, level, check }) => ({ id, title: id, level, check })),
  }),
  apiVersion: 'waymark.dev/v1alpha1',
});

export const company = () => [
  entity('Group', 'platform', { type: 'squad', children: [] }),
  entity('User', PLATFORM, { memberOf: ['platform'] }),
  ...list(SQUADS, index =>
    entity('Group', `squad-${index}`, { type: 'squad', children: [] }),
  ),
  ...list(SQUADS, index =>
    entity('User', `lead-${index}`, { memberOf: [`squad-${index}`] }),
  ),
  scorecard('load'),
  scorecard('life'),
  ...list(SERVICES, index => service(index)),
];
