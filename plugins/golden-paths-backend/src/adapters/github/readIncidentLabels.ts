import { Config } from '@backstage/config';

/**
 * The labels that make an issue an incident, in lower case.
 *
 * @internal
 */
export function readIncidentLabels(config: Config): string[] {
  const key = 'goldenPaths.webhooks.github.incidentLabels';
  return (config.getOptionalStringArray(key) ?? ['incident']).map(label =>
    label.toLowerCase(),
  );
}
