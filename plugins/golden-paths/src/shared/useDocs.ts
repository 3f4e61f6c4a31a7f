import { configApiRef, useApi } from '@backstage/frontend-plugin-api';

/** Where it is told what metrics mean and how to send events (`goldenPaths.docs`), if anywhere. */
export function useDocs(): string | undefined {
  return useApi(configApiRef).getOptionalString('goldenPaths.docs');
}
