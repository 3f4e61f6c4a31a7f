/** A template that proposes one file, or two, to a repository. */
export const proposalTemplate: Record<string, string> = {
  'templates/propose/template.yaml': `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: propose }
spec:
  type: registration
  owner: group:default/payments
  EXPERIMENTAL_recovery: { EXPERIMENTAL_strategy: startOver }
  parameters:
    - properties:
        repositoryUrl: { type: string }
        path: { type: string }
        also: { type: string }
        content: { type: string }
        files: { type: array, items: { type: string } }
        branch: { type: string }
        title: { type: string }
        overwrite: { type: boolean }
        later: { type: string }
  steps:
    - id: render
      action: fetch:template
      input:
        url: ./skeleton
        targetPath: change
        replace: true
        values:
          path: \${{ parameters.path or 'notes.md' }}
          also: \${{ parameters.also }}
          content: \${{ parameters.content or 'Some notes' }}
    - id: propose
      action: golden-path:propose
      input:
        repositoryUrl: \${{ parameters.repositoryUrl }}
        branch: \${{ parameters.branch }}
        title: \${{ parameters.title or 'Add notes' }}
        description: So that they are noted
        folder: change
        files: \${{ parameters.files or ['notes.md'] }}
        overwrite: \${{ parameters.overwrite }}
    - id: later
      if: \${{ parameters.later }}
      action: golden-path:check
      input: { name: later, owner: '\${{ parameters.later }}' }
  output:
    changeUrl: \${{ steps.propose.output.changeUrl }}
    changeNumber: \${{ steps.propose.output.changeNumber }}
    branch: \${{ steps.propose.output.branch }}
    commit: \${{ steps.propose.output.commit }}
`,
  'templates/propose/skeleton/${{ values.path }}': '${{ values.content }}\n',
  'templates/propose/skeleton/{% if values.also %}${{ values.also }}{% endif %}':
    'Also\n',
};
