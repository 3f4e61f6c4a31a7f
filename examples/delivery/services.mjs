/**
 * How the services of Kestrelvale Rail are delivered. Weeks are counted from the day on
 * which somebody first started this sample: -52 is a year before.
 *
 * `phases`: from a week on,
 * - `perWeek`: releases to production
 * - `changes`: in each release
 * - `hours`: from a merge to production
 * - `fails`: the share of releases that break something; `by`: what shows it
 *
 * `version`: at week 0, the image that the facts of the sample speak of.
 */
export const services = [
  // A squad that got faster: releases by calendar before it followed the golden path,
  // when they are ready since then
  {
    name: 'order-service',
    version: [2, 6, 4],
    minutes: 6,
    phases: [
      { since: -52, perWeek: 0.8, changes: 5, hours: 96, fails: 0.34 },
      { since: -30, perWeek: 1.5, changes: 3, hours: 40, fails: 0.22 },
      { since: -22, perWeek: 3.5, changes: 1.5, hours: 5, fails: 0.08 },
    ],
  },
  {
    name: 'ticket-shop',
    version: [7, 3, 2],
    minutes: 9,
    phases: [
      { since: -52, perWeek: 0.6, changes: 4, hours: 120, fails: 0.28 },
      { since: -20, perWeek: 1.8, changes: 2, hours: 9, fails: 0.07 },
    ],
  },
  // Its pipeline told of deployments long before anything saw them
  {
    name: 'ticket-issuer',
    version: [1, 4, 0],
    minutes: 4,
    observedSince: -9,
    phases: [{ since: -52, perWeek: 0.6, changes: 2, hours: 30, fails: 0.06 }],
  },
  // Does everything well, all along
  {
    name: 'account-service',
    version: [4, 11, 0],
    minutes: 5,
    phases: [{ since: -52, perWeek: 3, changes: 1.3, hours: 4, fails: 0.035 }],
  },
  {
    name: 'notification-sender',
    version: [2, 0, 3],
    minutes: 4,
    phases: [{ since: -27, perWeek: 1, changes: 1.5, hours: 8, fails: 0.05 }],
  },
  {
    name: 'journey-planner',
    version: [3, 2, 1],
    minutes: 11,
    phases: [
      { since: -52, perWeek: 1, changes: 3, hours: 52, fails: 0.14 },
      { since: -16, perWeek: 1.4, changes: 2, hours: 26, fails: 0.06 },
    ],
  },
  {
    name: 'departure-boards',
    version: [0, 14, 0],
    minutes: 3,
    phases: [
      { since: -52, perWeek: 0.8, changes: 1.6, hours: 20, fails: 0.04 },
    ],
  },
  // One bad fortnight: a new protocol of the signals
  {
    name: 'signal-gateway',
    version: [1, 38, 0],
    minutes: 14,
    phases: [
      { since: -52, perWeek: 1, changes: 2, hours: 60, fails: 0.06 },
      {
        since: -9,
        perWeek: 2.5,
        changes: 2,
        hours: 22,
        fails: 0.75,
        by: 'incident',
      },
      { since: -7, perWeek: 1, changes: 2, hours: 60, fails: 0.04 },
    ],
  },
  // One week in which almost everything was taken back
  {
    name: 'train-tracker',
    version: [1, 9, 2],
    minutes: 12,
    phases: [
      { since: -52, perWeek: 0.8, changes: 2.5, hours: 44, fails: 0.07 },
      {
        since: -5,
        perWeek: 4,
        changes: 1,
        hours: 18,
        fails: 0.9,
        by: 'rollback',
      },
      { since: -4, perWeek: 0.8, changes: 2, hours: 44, fails: 0.05 },
    ],
  },
  // New, deployed with vigour, then left to itself
  {
    name: 'vehicle-registry',
    version: [0, 9, 7],
    minutes: 7,
    phases: [
      { since: -19, perWeek: 1.6, changes: 1.5, hours: 28, fails: 0.1 },
      { since: -10, perWeek: 0, changes: 0, hours: 0, fails: 0 },
    ],
  },
  // No service, yet something that runs
  {
    name: 'ridership-pipeline',
    version: [0, 22, 0],
    minutes: 18,
    phases: [{ since: -52, perWeek: 0.5, changes: 3, hours: 80, fails: 0.08 }],
  },
  // timetable-importer and lost-and-found are on their way out: nobody deploys them
];

/**
 * Services that a golden path made during the year.
 *
 * `day`: of the request. `steps`: minutes until then. Without `deployed` it is stuck.
 */
export const newServices = [
  {
    name: 'notification-sender',
    requestedBy: 'user:default/grace.adeyemi',
    day: -194,
    steps: { run: 1.4, pipeline: 16, artifact: 18, deployed: 27 },
    productionDay: -191,
  },
  {
    name: 'vehicle-registry',
    requestedBy: 'user:default/mateo.alvarez',
    day: -136,
    steps: { run: 0.6, pipeline: 4.2, artifact: 4.8, deployed: 6.4 },
    productionDay: -134,
  },
  {
    name: 'wheel-monitor',
    requestedBy: 'user:default/mateo.alvarez',
    day: -34,
    steps: { run: 0.5, pipeline: 3.1, artifact: 3.6, deployed: 4.9 },
  },
  // Its tests fail, and nobody has looked
  {
    name: 'workshop-planner',
    requestedBy: 'user:default/meilin.zhou',
    day: -12,
    steps: { run: 0.5 },
    failedRuns: [4, 62, 1_510],
  },
];

/** Who asks the platform team, and how often in a week, from a week on. */
export const tickets = {
  squads: {
    ticketing: ['order-service', 'ticket-shop', 'ticket-issuer'],
    'journey-planning': ['journey-planner', 'departure-boards'],
    'customer-care': ['account-service', 'notification-sender'],
    'train-running': ['signal-gateway', 'train-tracker'],
    maintenance: ['vehicle-registry', 'workshop-planner'],
    insight: ['ridership-pipeline'],
  },
  phases: [
    { since: -52, perWeek: 1.25, access: 0.35, problem: 0.3, request: 0.15 },
    { since: -36, perWeek: 1, access: 0.3, problem: 0.3, request: 0.15 },
    { since: -24, perWeek: 0.7, access: 0.15, problem: 0.3, request: 0.15 },
    { since: -12, perWeek: 0.45, access: 0.08, problem: 0.22, request: 0.2 },
  ],
};

/** How long an environment for a preview takes, in minutes, from a week on. */
export const previews = {
  services: [
    'order-service',
    'ticket-shop',
    'account-service',
    'journey-planner',
  ],
  phases: [
    { since: -52, perWeek: 0.35, minutes: 2_600 },
    { since: -36, perWeek: 0.4, minutes: 400 },
    { since: -28, perWeek: 0.6, minutes: 7 },
  ],
};
