import { RepositoryHosts } from '../hosts/RepositoryHosts';
import { GeneratedCommit, UpgradeStore } from './UpgradeStore';

/**
 * All that the portal generated in a repository. One that was renamed or moved is
 * known by what its host calls it, which stays, and which nobody can choose. The host
 * is asked only where the address leads to nothing.
 *
 * @internal
 */
export async function findGenerated(options: {
  url: string;
  hosts: RepositoryHosts;
  store: UpgradeStore;
}): Promise<GeneratedCommit[]> {
  const { url, hosts, store } = options;
  const known = await store.generated({ url });
  if (known.length > 0) {
    return known;
  }
  for (const host of hosts.all()) {
    const address = host.parseRepositoryUrl(url);
    const repository = address && (await host.getRepository({ address }));
    if (repository) {
      return store.generated({ url, host: host.host, id: repository.id });
    }
  }
  return [];
}
