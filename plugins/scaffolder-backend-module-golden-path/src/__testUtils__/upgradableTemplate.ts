import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const lines = (...texts: string[]) => `${texts.join('\n')}\n`;
/** Far enough apart that changes of both ends merge. */
const LONG = ['first', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'last'];

function template(version: string, more: { form?: string; changes?: string }) {
  return `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: steady, title: Steady service }
spec:
  type: service
  owner: group:default/payments
  EXPERIMENTAL_recovery: { EXPERIMENTAL_strategy: startOver }
  goldenPath:
    version: ${version}
    changes: ${more.changes ?? '[]'}
    files: [{ path: 'owned/**', policy: once }]
  parameters:
    - required: [name, owner]
      propertyNames: { enum: [name, owner, size, unused, region, leftOut] }
      properties:
        name: { type: string }
        owner: { type: string }
        size: { type: integer, default: 1 }
        leftOut: { type: array }
${more.form ?? '        unused: { type: string }'}
  steps:
    - id: check
      action: golden-path:check
      input: { name: '\${{ parameters.name }}', owner: '\${{ parameters.owner }}', leftOut: '\${{ parameters.leftOut }}' }
    - id: render
      action: golden-path:render
      input:
        layers: [shared]
        leftOut: \${{ parameters.leftOut }}
        values:
          name: \${{ parameters.name }}
          owner: \${{ steps.check.output.owner }}
          size: \${{ parameters.size }}
          region: \${{ parameters.region or 'north' }}
          group: \${{ steps.check.output.owner | parseEntityRef | pick('name') }}
    - id: publish
      action: golden-path:publish
      input:
        name: \${{ parameters.name }}
        owner: \${{ steps.check.output.owner }}
        version: \${{ steps.render.output.version }}
        layers: \${{ steps.render.output.layers }}
        answers: \${{ parameters }}
        leftOut: \${{ parameters.leftOut }}
    - id: ingest
      action: golden-path:ingest
      input: { catalogInfoUrl: '\${{ steps.publish.output.catalogInfoUrl }}', timeout: 20 }
  output: { repositoryUrl: '\${{ steps.publish.output.repositoryUrl }}', entityRef: '\${{ steps.ingest.output.entityRef }}' }
`;
}

const catalogInfo = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: \${{ values.name }}
  annotations:
    backstage.io/source-template: \${{ values.template.ref }}
    waymark.dev/golden-path-version: \${{ values.template.version | dump }}
spec: { type: service, lifecycle: experimental, owner: '\${{ values.owner }}' }
`;

/** A golden path with files of every policy, as it was at first. */
export const upgradablePath: Record<string, string | Buffer> = {
  'templates/steady/template.yaml': template('1.0.0', {}),
  'templates/steady/skeleton/catalog-info.yaml': catalogInfo,
  'templates/steady/skeleton/README.md': '# ${{ values.name }}\n',
  'templates/steady/skeleton/owned/main.txt': 'Yours from the first day\n',
  'templates/steady/skeleton/owned/logo.png': Buffer.from([0, 1, 255, 254, 10]),
  'templates/steady/skeleton/owned/dropped.txt': 'The path forgets it\n',
  'templates/steady/skeleton/settings.txt': lines(...LONG),
  'templates/steady/skeleton/size.txt':
    '${{ values.group }} ${{ values.size }} ${{ values.region }}\n',
  'templates/steady/skeleton/left.txt': lines('left', ...LONG),
  'templates/steady/skeleton/deleted.txt': lines('deleted', ...LONG),
  'templates/steady/skeleton/unwanted.txt': lines('unwanted', ...LONG),
  'templates/layers/shared/layer.yaml': `name: shared
version: 1.0.0
files: [{ path: 'ci/**', policy: managed }]
parts: { extra: { title: Extra, description: What not all want, files: ['extra/**'] }, delivery: { title: Delivery } }
`,
  'templates/layers/shared/content/ci/build': lines('#!/bin/sh', ...LONG),
  'templates/layers/shared/content/extra/more.txt': 'Extra\n',
  'templates/layers/shared/content/ci/crlf.txt': 'one\r\ntwo\r\n',
  'templates/upgrade-golden-path/template.yaml': readFileSync(
    join(__dirname, '../../../../templates/upgrade-golden-path/template.yaml'),
  ),
};

/** What is different in its next version; empty: the file is gone. */
export const nextVersion: Record<string, string> = {
  'templates/steady/template.yaml': template('1.10.0', {
    form: '        region: { type: string }',
    changes:
      '[{ version: 1.10.0, text: Settings begin anew }, { version: 1.0.0, text: At first }]',
  }),
  'templates/steady/skeleton/owned/main.txt': 'Newly generated\n',
  'templates/steady/skeleton/owned/dropped.txt': '',
  'templates/steady/skeleton/owned/fresh.txt': 'New, and yours\n',
  'templates/steady/skeleton/settings.txt': lines('FIRST', ...LONG.slice(1)),
  'templates/steady/skeleton/left.txt': '',
  'templates/steady/skeleton/unwanted.txt': lines('UNWANTED', ...LONG),
  'templates/steady/skeleton/added/by-path.txt': 'Added\n',
  'templates/layers/shared/layer.yaml': `name: shared
version: 1.2.0
changes:
  - { version: 1.2.0, text: Builds twice }
  - { version: 1.1.0, text: Builds once }
  - { version: 1.0.0, text: Builds }
files: [{ path: 'ci/**', policy: managed }]
parts: { extra: { title: Extra, description: What not all want, files: ['extra/**'] }, delivery: { title: Delivery } }
`,
  'templates/layers/shared/content/extra/more.txt': 'More\n',
  'templates/layers/shared/content/ci/build': lines(
    '#!/bin/sh',
    'FIRST',
    ...LONG.slice(1),
  ),
};

/** And once more, with a question that nobody was asked before. */
export const versionWithQuestion: Record<string, string> = {
  'templates/steady/template.yaml': template('2.0.0', {
    form: '        region: { type: string, title: Region, enum: [north, south] }',
  }).replace('required: [name, owner]', 'required: [name, owner, region]'),
};

/** A version without a question of its own. */
export function laterVersion(version: string): Record<string, string> {
  return {
    'templates/steady/template.yaml': template(version, {
      form: '        region: { type: string }',
    }),
    'templates/steady/skeleton/added/by-path.txt': `Added in ${version}\n`,
  };
}
