import type { PageConfig } from '../api/pageConfig.ts';
import { PageHeading } from './PageHeading.tsx';

/** What this environment told the page. */
export function SettingsPage({ config }: { readonly config: PageConfig }) {
  const settings = [
    ['Environment', config.environment],
    ['Version of the service', config.version],
    ['Version of the page', __VERSION__],
    ['API', config.apiUrl ?? 'none'],
  ] as const;
  return (
    <>
      <PageHeading>Settings</PageHeading>
      <p>They come from the environment of the service, at /config.json.</p>
      <dl>
        {settings.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
