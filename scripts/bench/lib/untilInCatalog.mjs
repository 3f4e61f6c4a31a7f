/**
 * Waits until a component is in the catalog as it should be.
 *
 * @param what says in the error what did not come
 */
export async function untilInCatalog({ portal, name, accepts, what, pollMs }) {
  const limit = Date.now() + 60_000;
  for (;;) {
    const response = await portal.fetch(
      `/api/catalog/entities/by-name/component/default/${name}`,
    );
    const entity = response.ok ? await response.json() : undefined;
    if (entity && accepts(entity)) {
      return;
    }
    if (Date.now() > limit) {
      throw new Error(`${name}: ${what} not seen in the catalog after 60 s`);
    }
    await new Promise(resolve => setTimeout(resolve, pollMs));
  }
}
