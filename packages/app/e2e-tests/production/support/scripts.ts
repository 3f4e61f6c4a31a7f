// The scripts of the repository are ES modules of no package

/* eslint-disable @backstage/no-relative-monorepo-imports */
export const loadGit = () => import('../../../../../scripts/lib/git.mjs');
export const loadGithub = () =>
  import('../../../../../scripts/stand-ins/github/startGithub.mjs');
export const loadPostgres = () =>
  import('../../../../../scripts/lib/postgres.mjs');
export const loadProduction = () =>
  import('../../../../../scripts/lib/production.mjs');
export const loadSignIn = () =>
  import('../../../../../scripts/lib/production/sign-in.mjs');
