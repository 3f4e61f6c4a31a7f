import { callAs } from './people';

/** A component as the catalog has it, when it has it. */
export async function componentOf(name: string): Promise<any | undefined> {
  const { status, body } = await callAs(
    'noor-lindqvist',
    `/api/catalog/entities/by-name/component/default/${name}`,
  );
  return status === 200 ? body : undefined;
}

/**
 * Waits until a component is in the catalog with this description.
 *
 * @returns how many milliseconds that took
 */
export async function untilDescribed(
  name: string,
  description: string,
): Promise<number> {
  // Being signed in is none of the time
  await componentOf(name);
  const started = performance.now();
  for (;;) {
    const found = await componentOf(name);
    const took = performance.now() - started;
    if (found?.metadata.description === description) {
      return took;
    }
    if (took > 30_000) {
      throw new Error(
        `${name} says "${found?.metadata.description}" after 30 s`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** Figures are printed, not demanded: machines differ. */
export function report(what: string, milliseconds: number): void {
  // eslint-disable-next-line no-console -- the output of the tests
  console.log(`${what}: ${(milliseconds / 1000).toFixed(2)} s`);
}
