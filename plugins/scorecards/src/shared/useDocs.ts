import { configApiRef, useApi } from '@backstage/frontend-plugin-api';

/** Where it is told how to write scorecards (`scorecards.docs`), if anywhere. */
export function useDocs(): string | undefined {
  return useApi(configApiRef).getOptionalString('scorecards.docs');
}
