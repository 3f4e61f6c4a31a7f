import { Link, Text } from '@backstage/ui';
import type { TemplateRun } from '@waymark/plugin-golden-paths-common';
import { Section } from '@waymark/ui';
import { RunsTable } from './runs/RunsTable';

/** The last runs of a golden path. */
export function RecentRuns(props: {
  runs: TemplateRun[];
  /** Where all of them are. */
  address: string;
}) {
  const { runs, address } = props;
  return (
    <Section title="Last runs" action={<Link href={address}>All runs</Link>}>
      {runs.length === 0 ? (
        <Text as="p">
          Nobody has used it within this time, or you may not open the runs of
          others.
        </Text>
      ) : (
        <RunsTable label="Last runs" runs={runs} />
      )}
    </Section>
  );
}
