/** A template with two layers, small but with everything that can go wrong. */
export const templateFiles: Record<string, string | Buffer> = {
  'templates/demo/template.yaml': `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: demo }
spec:
  type: service
  owner: group:default/payments
  EXPERIMENTAL_recovery: { EXPERIMENTAL_strategy: startOver }
  parameters:
    - properties:
        name: { type: string }
        owner: { type: string }
        system: { type: string }
        description: { type: string }
        leftOut: { type: array, items: { type: object } }
  steps:
    - id: check
      action: golden-path:check
      input:
        name: \${{ parameters.name }}
        owner: \${{ parameters.owner }}
        system: \${{ parameters.system }}
        description: \${{ parameters.description }}
        leftOut: \${{ parameters.leftOut }}
    - id: render
      action: golden-path:render
      input:
        leftOut: \${{ parameters.leftOut }}
        layers: [ci, catalog]
        values:
          name: \${{ parameters.name }}
          owner: \${{ steps.check.output.owner }}
          system: \${{ steps.check.output.system }}
          description: \${{ parameters.description }}
    - id: publish
      action: golden-path:publish
      input:
        name: \${{ parameters.name }}
        owner: \${{ steps.check.output.owner }}
        description: \${{ parameters.description }}
        version: \${{ steps.render.output.version }}
        layers: \${{ steps.render.output.layers }}
        leftOut: \${{ parameters.leftOut }}
        answers: \${{ parameters }}
    - id: deliver
      action: golden-path:deliver
      input:
        name: \${{ parameters.name }}
        owner: \${{ steps.check.output.owner }}
        values: \${{ steps.render.output.values }}
        leftOut: \${{ parameters.leftOut }}
    - id: ingest
      action: golden-path:ingest
      input:
        catalogInfoUrl: \${{ steps.publish.output.catalogInfoUrl }}
        timeout: 20
  output:
    repositoryUrl: \${{ steps.publish.output.repositoryUrl }}
    cloneUrl: \${{ steps.publish.output.cloneUrl }}
    delivery: \${{ steps.deliver.output.url }}
    entityRef: \${{ steps.ingest.output.entityRef }}
`,
  'templates/demo/skeleton/README.md':
    '# ${{ values.name }}\n\n${{ values.description }}\n\n${{ values.repository.url }} ${{ values.template.ref }}\n',
  'templates/demo/skeleton/package.json':
    '{ "name": ${{ values.name | dump }}, "description": ${{ values.description | dump }} }\n',
  'templates/demo/skeleton/.gitignore': 'ignored/\n*.log\n',
  'templates/demo/skeleton/.gitattributes': '*.txt text eol=crlf\n',
  'templates/demo/skeleton/ignored/kept.log': 'kept\n',
  'templates/demo/skeleton/lines.txt': 'one\ntwo\n',
  'templates/demo/skeleton/ünï "quoted" \\ name.md': 'emoji \u{1f600}\n',
  'templates/demo/skeleton/notes/first.md': '# Notes\n',
  'templates/demo/skeleton/logo.png': Buffer.from([
    0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 255, 254,
  ]),
  'templates/layers/ci/layer.yaml':
    'name: ci\nversion: 1.2.0\ndescription: Pipeline\ncopyWithoutTemplating: [.github/**]\nfiles: [{ path: ci/slow, policy: once }]\nparts: { notes: { title: Notes, files: [notes/**] }, delivery: { title: Delivery, needs: [notes] } }\n',
  'templates/layers/ci/content/ci/test': '#!/bin/sh\necho ${{ values.name }}\n',
  'templates/layers/ci/content/.github/workflows/ci.yaml':
    'env:\n  TOKEN: ${{ secrets.TOKEN }}\n',
  'templates/layers/ci/content/.github/workflows/changes.yaml': `on:
  push: { branches: [main] }
  pull_request:
jobs:
  check: { name: 'Lint, test', runs-on: ubuntu-latest, steps: [] }
  image: { runs-on: ubuntu-latest, steps: [] }
  publish: { if: github.event_name == 'push', runs-on: ubuntu-latest, steps: [] }
  everywhere:
    strategy: { matrix: { node: [22, 24] } }
    runs-on: ubuntu-latest
    steps: []
`,
  'templates/layers/gitops/layer.yaml': 'name: gitops\nversion: 3.0.0\n',
  'templates/layers/gitops/content/README.md':
    '# ${{ values.gitops.url }} of ${{ values.gitops.team }}\n',
  'templates/layers/gitops/content/apps/${{ values.name }}/staging/application.yaml':
    'source: ${{ values.repository.url }}.git\nbranch: ${{ values.gitops.branch }}\nregistry: ${{ values.owner }}\n',
  'templates/layers/gitops/content/apps/${{ values.name }}/production/application.yaml':
    'tag: 0.1.0\n',
  'templates/layers/gitops/content/apps/${{ values.name }}/project.yaml':
    'service: ${{ values.name }}\n',
  'templates/layers/catalog/layer.yaml': 'name: catalog\nversion: 2.0.0\n',
  'templates/layers/catalog/content/CODEOWNERS':
    '* @${{ values.repository.organization }}/${{ values.repository.team }}\n',
  'templates/layers/catalog/content/catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: \${{ values.name }}
  description: \${{ values.description | dump }}
  annotations:
    waymark.dev/golden-path-version: \${{ values.template.version | dump }}
spec:
  type: service
  lifecycle: experimental
  owner: \${{ values.owner | dump }}
{%- if values.system %}
  system: \${{ values.system | dump }}
{%- endif %}
`,
};

/** The organization that the template is used in. */
export const organizationFiles: Record<string, string> = {
  'organization.yaml': `
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: payments }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: unhosted }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: Freight, annotations: { github.com/team-slug: acme-rail/cargo } }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: shop }
spec: { owner: group:default/payments }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: taken-component }
spec: { type: service, lifecycle: production, owner: group:default/payments }
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: taken-api }
spec: { type: openapi, lifecycle: production, owner: group:default/payments, definition: '{}' }
`,
};

/** Those of some files that are templates. */
export function templatesOf(files: object = {}): string[] {
  return Object.keys(files).filter(path => path.endsWith('/template.yaml'));
}
