import {
  BreadcrumbEntry,
  configApiRef,
  useApi,
  useBreadcrumbEntries,
  type PageLayoutProps,
} from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import { Helmet } from 'react-helmet';
import { NavLink, useLocation, useResolvedPath } from 'react-router-dom';
import { NotFoundPage } from './NotFoundPage';
import styles from './PageLayout.module.css';

/**
 * A page below its header. Beside the stock one, the window has the title of the
 * page, the header is a landmark also where main is below it, and the ways to sub-pages are links: the tabs of
 * the stock header name panels that are nowhere.
 */
export function PageLayout(props: PageLayoutProps) {
  const { title, icon, noHeader, titleLink, headerActions, children } = props;
  const appTitle = useApi(configApiRef).getOptionalString('app.title');
  const here = useResolvedPath('.').pathname.replace(/\/$/, '');
  const tabs = (props.tabs ?? []).map(({ id, label, href }) => ({
    id,
    label,
    to: href.startsWith('/') ? href : `${here}/${href}`,
  }));
  const { items: breadcrumbs } = useBreadcrumbEntries();
  // A tab may be named as the page it is of: once is enough
  const titles = breadcrumbs
    .map(({ label }) => label)
    .filter((label, index, all) => label !== all[index - 1])
    .reverse();
  const name = (titles.length > 0 ? titles : [title]).filter(Boolean);

  // Which tab is open, the tabs say
  const isAtTab = tabs.length > 0 && breadcrumbs.length === 2;

  // The stock page shows nothing at addresses that are no tab's
  const pathname = useLocation().pathname.replace(/\/$/, '');
  const isNowhere =
    tabs.length > 0 &&
    pathname !== here &&
    !tabs.some(({ to }) => pathname === to || pathname.startsWith(`${to}/`));

  const content = (
    <>
      <Helmet
        titleTemplate={`%s | ${appTitle}`}
        defaultTitle={appTitle}
        title={name.join(' | ')}
      />
      {!noHeader && (
        <section className={styles.header} aria-label="Where you are">
          <PluginHeader
            title={title}
            icon={icon}
            titleLink={titleLink}
            breadcrumbs={isAtTab ? breadcrumbs.slice(0, 1) : breadcrumbs}
            customActions={headerActions}
          />
          {/* A single one is no choice */}
          {tabs.length > 1 && (
            <nav className={styles.tabs} aria-label={title}>
              {tabs.map(({ id, label, to }) => (
                <NavLink key={id} to={to}>
                  {label}
                </NavLink>
              ))}
            </nav>
          )}
        </section>
      )}
      {isNowhere ? <NotFoundPage /> : children}
    </>
  );
  if (noHeader || !title) {
    return content;
  }
  return (
    <BreadcrumbEntry entry={{ label: title, href: titleLink ?? (here || '/') }}>
      {content}
    </BreadcrumbEntry>
  );
}
