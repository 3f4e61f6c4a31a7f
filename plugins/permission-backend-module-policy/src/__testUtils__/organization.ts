import { Column, COLUMNS, PERSONS, Person } from './matrix';

/** The component that the ticketing squad owns. */
export const SHOP = 'component:default/shop';
/** A component that the platform group owns. */
export const TOOL = 'component:default/tool';
/** A template for everybody. */
export const OPEN_TEMPLATE = 'template:default/open';
/** A template that is kept for the platform role. */
export const KEPT_TEMPLATE = 'template:default/kept';
/** A template for everybody whose runs fail. */
export const FAILING_TEMPLATE = 'template:default/failing';

/** A scorecard for everything. */
export const SCORECARD = 'scorecard:default/ready';

/** A rule of it from which nobody but one of the columns asks to be exempt. */
export const ruleOf = (purpose: RulePurpose, who: Column) =>
  `${purpose}-${who}`;

const PURPOSES = ['request', 'decide', 'own'] as const;
type RulePurpose = (typeof PURPOSES)[number];

/** A component of the ticketing squad that one person may try to remove. */
export const spareOf = (person: Person) => `component:default/spare-${person}`;

const MEMBER_OF: Record<Person, string[]> = {
  stranger: [],
  'other-engineer': ['journey-planning'],
  engineer: ['ticketing'],
  'squad-lead': ['ticketing', 'squad-leads'],
  platform: ['platform'],
  'platform-sub-group': ['platform-tools'],
  leader: ['company'],
  auditor: ['internal-audit'],
  'auditor-in-squad': ['internal-audit', 'ticketing'],
  'auditor-in-platform': ['internal-audit', 'platform'],
};

const groups = [
  group('company'),
  group('ticketing', 'company'),
  group('journey-planning', 'company'),
  group('squad-leads', 'company'),
  group('platform', 'company'),
  group('platform-tools', 'platform'),
  group('internal-audit', 'company'),
];

function group(name: string, parent?: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: ${name}
spec:
  type: squad
  children: []
${parent ? `  parent: ${parent}\n` : ''}`;
}

function userYaml(person: Person): string {
  return `apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: ${person}
spec:
  memberOf: ${JSON.stringify(MEMBER_OF[person])}
`;
}

const shop = component('shop');
const tool = component('tool', 'platform');

function spareComponent(person: Person): string {
  return component(`spare-${person}`);
}

function component(name: string, owner = 'ticketing'): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: service
  lifecycle: production
  owner: ${owner}
`;
}

const openTemplate = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: open
spec:
  type: service
  owner: platform
  parameters:
    - title: For everybody
      properties:
        seconds: { type: number }
    - title: For the platform
      backstage:permissions:
        tags: [for-platform]
      properties:
        note: { type: string }
  steps:
    - id: say
      action: debug:log
      input: { message: hello }
    - id: extra
      action: debug:log
      backstage:permissions:
        tags: [for-platform]
      input: { message: extra }
    - id: wait
      action: debug:wait
      input: { seconds: '\${{ parameters.seconds }}' }
`;

const keptTemplate = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: kept
  labels:
    waymark.dev/audience: platform
spec:
  type: service
  owner: platform
  steps:
    - id: say
      action: debug:log
      input: { message: hello }
`;

const failingTemplate = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: failing
spec:
  type: service
  owner: platform
  steps:
    - id: fail
      action: debug:wait
      input: { minutes: 1000 }
`;

function scorecard(): string {
  const columns = Object.keys(COLUMNS) as Column[];
  const rules = PURPOSES.flatMap(purpose =>
    columns.map(
      who => `    - id: ${ruleOf(purpose, who)}
      title: Owned
      check: facts.owned
`,
    ),
  );
  return `apiVersion: waymark.dev/v1alpha1
kind: Scorecard
metadata:
  name: ready
spec:
  owner: platform
  appliesTo: { kind: { $in: [Component, Template] } }
  levels: [{ id: ready }]
  rules:
${rules.join('')}`;
}

/** Everything in the catalog of the matrix, as one YAML file. */
export function organizationYaml(): string {
  return [
    ...groups,
    ...PERSONS.map(userYaml),
    shop,
    tool,
    ...PERSONS.map(spareComponent),
    openTemplate,
    keptTemplate,
    failingTemplate,
    scorecard(),
  ].join('---\n');
}
