import { Link, Text } from '@backstage/ui';
import { Section } from '@waymark/ui';
import { useDocs } from '../shared/useDocs';

/** What to do with a scorecard that says what it should. */
export function NextStep() {
  const docs = useDocs();
  return (
    <Section headingLevel="h2" title="When it says what it should">
      <Text as="p">
        Nothing here is stored. Put the text into a file in Git that the catalog
        reads, and have it reviewed by those whom it is about. It counts from
        the moment the catalog has read it; with <code>lifecycle: draft</code>{' '}
        only its owner sees it.
      </Text>
      {docs && (
        <Text as="p">
          <Link href={docs}>How scorecards are written and published</Link>
        </Text>
      )}
    </Section>
  );
}
