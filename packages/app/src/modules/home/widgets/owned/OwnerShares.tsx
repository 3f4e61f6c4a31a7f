import { Link, Tab, TabList, TabPanel, Tabs, Text } from '@backstage/ui';
import { toOwnedPath } from '../shared/entityAddress';
import { Thing, ThingList } from '../shared/ThingList';
import type { OwnedOfKind, OwnedThing, OwnerShare } from './loadOwned';
import styles from './Owned.module.css';

/** The rest is a click away. */
const SHOWN = 5;

/** `4 production, 1 experimental` */
function describeLifecycles(things: OwnedThing[]): string {
  const counts = new Map<string, number>();
  for (const { lifecycle } of things) {
    if (lifecycle) {
      counts.set(lifecycle, (counts.get(lifecycle) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([lifecycle, count]) => `${count} ${lifecycle}`)
    .join(', ');
}

function OfKind(props: {
  owner: OwnerShare;
  ofKind: OwnedOfKind;
  isComplete: boolean;
}) {
  const { owner, ofKind, isComplete } = props;
  const { kind, title, things } = ofKind;
  const all = toOwnedPath({ kind: kind.toLowerCase(), owners: [owner.ref] });
  const lifecycles = isComplete ? describeLifecycles(things) : '';
  return (
    <section
      className={styles.column}
      aria-label={`${title} of ${owner.title}`}
    >
      <div>
        <Text as="h3" variant="body-medium" weight="bold">
          <Link href={all} weight="bold">
            {isComplete ? `${title}: ${things.length}` : title}
          </Link>
        </Text>
        {lifecycles && (
          <Text as="div" variant="body-small" color="secondary">
            {lifecycles}
          </Text>
        )}
      </div>
      <ThingList label={title}>
        {things
          .slice(0, SHOWN)
          .map(({ href, title: name, type, lifecycle }) => (
            <Thing
              key={href}
              href={href}
              title={name}
              detail={[type, lifecycle].filter(Boolean).join(', ')}
            />
          ))}
      </ThingList>
      {things.length > SHOWN && (
        <Link href={all} variant="body-small">
          {isComplete ? `${things.length - SHOWN} more` : 'More'}
        </Link>
      )}
    </section>
  );
}

function Share(props: { share: OwnerShare; isComplete: boolean }) {
  const { share, isComplete } = props;
  return (
    <div className={styles.share}>
      <div className={styles.columns}>
        {share.kinds.map(ofKind => (
          <OfKind
            key={ofKind.kind}
            owner={share}
            ofKind={ofKind}
            isComplete={isComplete}
          />
        ))}
      </div>
    </div>
  );
}

/** What each of the reader's groups owns. */
export function OwnerShares(props: { shares: OwnerShare[]; tooMany?: number }) {
  const { shares, tooMany } = props;
  const isComplete = tooMany === undefined;
  return (
    <div className={styles.share}>
      {shares.length === 1 ? (
        <>
          <Text as="p">
            <Link href={shares[0].href}>{shares[0].title}</Link>
          </Text>
          <Share share={shares[0]} isComplete={isComplete} />
        </>
      ) : (
        <Tabs>
          <TabList aria-label="Your groups">
            {shares.map(({ ref, title }) => (
              <Tab key={ref} id={ref}>
                {title}
              </Tab>
            ))}
          </TabList>
          {shares.map(share => (
            <TabPanel key={share.ref} id={share.ref} className={styles.panel}>
              <Text as="p">
                <Link href={share.href}>{`The page of ${share.title}`}</Link>
              </Text>
              <Share share={share} isComplete={isComplete} />
            </TabPanel>
          ))}
        </Tabs>
      )}
      {!isComplete && (
        <Text as="p" variant="body-small" color="secondary">
          {`These are the first of ${tooMany}; the catalog has them all.`}
        </Text>
      )}
    </div>
  );
}
