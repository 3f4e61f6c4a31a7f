import { FilePolicyRule } from '../render/filePolicies';

/**
 * A golden path as it is now: what a run would render.
 *
 * @public
 */
export interface PathVersion {
  templateRef: string;
  /** Digest of the template and its layers, as in the provenance of repositories. */
  version: string;
  layers: { name: string; version: string }[];
  /** What becomes of its files: those of the template, then those of its layers. */
  files: FilePolicyRule[];
}
