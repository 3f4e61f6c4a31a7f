import type { CatalogApi } from '@backstage/plugin-catalog-react';
import { withAncestors } from '../personal/Reader';

const answers = new WeakMap<CatalogApi, Map<string, Promise<string[]>>>();

/**
 * The groups and all those above them: asked for once per visit, as the groups of
 * the session are, so that whoever asks first spares the page the waiting.
 */
export function askForGroups(options: {
  catalogApi: CatalogApi;
  groups: string[];
}): Promise<string[]> {
  const { catalogApi, groups } = options;
  const known = answers.get(catalogApi) ?? new Map<string, Promise<string[]>>();
  answers.set(catalogApi, known);
  const key = groups.join(' ');
  let answer = known.get(key);
  if (!answer) {
    answer = withAncestors(options);
    known.set(key, answer);
    // To be asked again
    answer.catch(() => known.delete(key));
  }
  return answer;
}
