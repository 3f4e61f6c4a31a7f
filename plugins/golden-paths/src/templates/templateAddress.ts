import type { TemplateRunState } from '@waymark/plugin-golden-paths-common';

/**
 * Where a golden path is shown, below the page of all of them.
 *
 * @internal
 */
export function templateAddress(
  templateRef: string,
  weeks: number | undefined,
): string {
  return addressOf({ template: templateRef, weeks });
}

/**
 * Where the services behind its numbers are listed.
 *
 * @internal
 */
export function servicesAddress(
  templateRef: string,
  filter: { version?: string; behind?: boolean; weeks?: number } = {},
): string {
  return addressOf({ template: templateRef, show: 'services', ...filter });
}

/** Where its runs are listed. */
export function runsAddress(
  templateRef: string,
  filter: {
    state?: TemplateRunState;
    step?: string;
    week?: string;
    weeks?: number;
  } = {},
): string {
  return addressOf({ template: templateRef, show: 'runs', ...filter });
}

function addressOf(query: object): string {
  const parameters = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return `?${new URLSearchParams(parameters)}`;
}
