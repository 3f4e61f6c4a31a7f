import { fetchJson } from '../api/fetchJson.ts';

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly details: string;
}

/** The steps of the example. They lie beside the page; yours come from an API. */
export async function loadSteps(signal: AbortSignal): Promise<Step[]> {
  return (await fetchJson('/first-steps.json', signal)) as Step[];
}
