import { fetchJson } from './fetchJson.ts';

/** What the service says of itself and of where it runs; see openapi.yaml. */
export interface PageConfig {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  /** Where this is: staging, production or, on a developer's machine, local. */
  readonly environment: string;
  /** Address of the API the page asks, without a slash at its end. */
  readonly apiUrl?: string;
}

/** Reads the settings of this environment: one build of the page serves all of them. */
export async function loadPageConfig(signal: AbortSignal): Promise<PageConfig> {
  return (await fetchJson('/config.json', signal)) as PageConfig;
}
