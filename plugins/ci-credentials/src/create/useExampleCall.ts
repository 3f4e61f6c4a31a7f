import {
  configApiRef,
  discoveryApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import type { ExampleCall } from './snippets';

/**
 * Where a pipeline sends things, for the calls shown. Undefined until known.
 *
 * @internal
 */
export function useExampleCall(): ExampleCall | undefined {
  const configApi = useApi(configApiRef);
  const discoveryApi = useApi(discoveryApiRef);
  const { value } = useLoaded(
    useCallback(async (): Promise<ExampleCall> => {
      const baseUrl = await discoveryApi.getBaseUrl('ci-credentials');
      return {
        portalUrl: configApi.getString('backend.baseUrl').replace(/\/$/, ''),
        verifyUrl: `${baseUrl}/verify`,
        path: configApi.getOptionalString('ciCredentials.example.path'),
        contentType:
          configApi.getOptionalString('ciCredentials.example.contentType') ??
          'application/json',
      };
    }, [configApi, discoveryApi]),
  );
  return value;
}
