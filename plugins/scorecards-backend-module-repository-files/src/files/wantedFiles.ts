/**
 * What a file is for.
 *
 * @internal
 */
export type FileUse =
  | 'readme'
  | 'dockerfile'
  | 'workflow'
  | 'codeowners'
  | 'license'
  | 'provenance';

/**
 * Which files say something, by their paths within a folder. `inherited`: the one
 * at the top of the repository counts for all that is below it.
 *
 * @internal
 */
export const WANTED_FILES: readonly {
  use: FileUse;
  path: RegExp;
  /** What is in it matters, not only that it is there. */
  read?: boolean;
  inherited?: boolean;
}[] = [
  {
    use: 'readme',
    path: /^readme(?:\.(?:md|markdown|mdx|txt|rst|adoc|asciidoc))?$/i,
    read: true,
  },
  {
    use: 'dockerfile',
    path: /^(?:docker\/)?(?:dockerfile|containerfile)(?:\.[^/]+)?$|^[^/]+\.dockerfile$/i,
  },
  {
    use: 'codeowners',
    path: /^(?:\.github\/|\.gitea\/|\.forgejo\/|\.gitlab\/|docs\/)?CODEOWNERS$/,
    inherited: true,
  },
  {
    use: 'license',
    path: /^(?:licen[cs]e|copying|unlicense)(?:[-.][^/]+)?$/i,
    read: true,
    inherited: true,
  },
  {
    use: 'provenance',
    path: /^\.waymark\/golden-path\.yaml$/,
    read: true,
    inherited: true,
  },
  ...[
    // GitHub Actions, Gitea, Forgejo
    /^\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/,
    // GitLab
    /^\.gitlab-ci\.ya?ml$/,
    // Jenkins
    /^Jenkinsfile(?:\.[^/]+)?$/,
    // Azure Pipelines
    /^azure-pipelines\.ya?ml$|^\.azure-pipelines\/[^/]+\.ya?ml$/,
    // CircleCI
    /^\.circleci\/config\.ya?ml$/,
    // Bitbucket Pipelines
    /^bitbucket-pipelines\.ya?ml$/,
    // Buildkite
    /^\.buildkite\/[^/]+\.ya?ml$/,
    // Woodpecker, Drone
    /^\.woodpecker(?:\/[^/]+)?\.ya?ml$|^\.drone\.ya?ml$/,
    // Tekton, Pipelines as Code
    /^\.tekton\/[^/]+\.ya?ml$/,
    // Google Cloud Build, AWS CodeBuild
    /^cloudbuild\.ya?ml$|^buildspec\.ya?ml$/,
    // Travis CI, AppVeyor, Semaphore
    /^\.travis\.yml$|^\.?appveyor\.yml$|^\.semaphore\/[^/]+\.ya?ml$/,
  ].map(path => ({ use: 'workflow' as const, path, inherited: true })),
];
