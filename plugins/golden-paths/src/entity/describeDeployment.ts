import type { DeploymentRow } from '@waymark/plugin-golden-paths-common';

const KINDS = {
  deployed: 'Deployed',
  upgraded: 'Upgraded',
  rolledback: 'Rolled back',
  removed: 'Removed',
};

export const nameOfKind = (kind: DeploymentRow['kind']): string => KINDS[kind];

/** The version in an artifact, or as short as people say a commit. */
export function describeVersion(deployment: {
  artifact?: string;
  revision?: string;
}): string | undefined {
  const { artifact, revision } = deployment;
  // pkg:oci/orders@sha256:… or …@1.4.0?repository_url=…
  const version = artifact?.match(/@([^?#]+)/)?.[1];
  if (version && !/^(sha256|[0-9a-f]{40})/.test(version)) {
    return decode(version);
  }
  return (
    (revision ?? version?.replace(/^sha256(:|%3A)/i, ''))?.slice(0, 8) ??
    artifact
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
