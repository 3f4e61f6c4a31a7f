import { VersionChange } from '../render/versionChanges';
import { FilePolicyRule } from '../render/filePolicies';
import { PathPart } from '../render/layerParts';

/**
 * A golden path as it is now: what a run would render.
 *
 * @public
 */
export interface PathVersion {
  templateRef: string;
  /** Digest of the template and its layers, as in the provenance of repositories. */
  version: string;
  /** What the author of the template calls it. */
  pathVersion?: string;
  layers: { name: string; version: string }[];
  /** What the authors wrote about the versions, the newest first. */
  changes: { path: VersionChange[]; layers: Record<string, VersionChange[]> };
  /** What becomes of its files: those of the template, then those of its layers. */
  files: FilePolicyRule[];
  /** What of it a service may do without. */
  parts: PathPart[];
}
