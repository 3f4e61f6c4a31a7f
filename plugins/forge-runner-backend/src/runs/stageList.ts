/**
 * A stage of every pipeline.
 *
 * @internal
 */
export interface StageDefinition {
  /** Also the name of its script in `ci/`. */
  name: string;
  /** Why it is not run here, when it is not. */
  notRun?: string;
}

const CONTAINERS =
  'Needs a container engine; the workflow on a build server has one';

/** The stage that fetches the code. */
export const CHECKOUT = 'checkout';

/** The stage that reports facts, also after a stage before it has failed. */
export const REPORT = 'report';

/** The stage that puts a build in place of the one before. */
export const START = 'start';

/** The stage that fetches what the code depends on. */
export const INSTALL = 'install';

/** The stage that asks whether vulnerabilities of dependencies are known. */
export const AUDIT = 'audit';

/** The stage after which there is a build. */
export const BUILD = 'build';

/**
 * All stages in their order: those of the workflow that comes with the code, and
 * `start`, which takes the place of a cluster.
 *
 * @internal
 */
export const STAGES: StageDefinition[] = [
  { name: CHECKOUT },
  { name: INSTALL },
  { name: 'lint' },
  { name: 'test' },
  { name: BUILD },
  { name: AUDIT },
  { name: 'image', notRun: CONTAINERS },
  { name: 'scan', notRun: CONTAINERS },
  { name: 'sbom', notRun: CONTAINERS },
  { name: 'sign', notRun: CONTAINERS },
  { name: REPORT },
  { name: START },
];

/** Those with a script that can run here. */
const RUNNABLE = new Set(
  STAGES.filter(({ name, notRun }) => name !== CHECKOUT && !notRun).map(
    ({ name }) => name,
  ),
);

/**
 * Whether a folder `ci` with these files is a pipeline that can run here.
 *
 * @internal
 */
export function hasScripts(files: string[]): boolean {
  return files.some(file => RUNNABLE.has(file));
}
