import { Flex, Text } from '@backstage/ui';
import type { PreviewResponse } from '@waymark/plugin-scorecards-common';
import { formatNumber, Section } from '@waymark/ui';
import { LevelBar } from '../../shared/LevelBar';
import { describeImpact } from './moves';
import { MovesTable } from './MovesTable';
import { OutcomesTable } from './OutcomesTable';
import { OwnersTable } from './OwnersTable';
import { RowsTable } from './RowsTable';

/** What would become of whom. */
export function Impact(props: { value: PreviewResponse }) {
  const { value } = props;
  const { levels, entities, meanScore, impact, rules, items } = value;
  return (
    <>
      <Section headingLevel="h2" title="Impact">
        <Flex direction="column" gap="1">
          {describeImpact(value).map(sentence => (
            <Text as="p" key={sentence} weight="bold">
              {sentence}
            </Text>
          ))}
        </Flex>
        <Text as="p" color="secondary">
          {impact.published
            ? 'Compared with what is in force. '
            : 'How it would stand. '}
          {meanScore !== undefined &&
            `The mean score would be ${formatNumber(meanScore)}.`}
        </Text>
        <LevelBar levels={levels} entities={entities} />
        {impact.moves.length > 0 && (
          <MovesTable levels={levels} moves={impact.moves} />
        )}
        {impact.owners.length > 0 && <OwnersTable owners={impact.owners} />}
      </Section>
      {rules.length > 0 && (
        <Section headingLevel="h2" title="Outcomes of each rule">
          <OutcomesTable rules={rules} />
        </Section>
      )}
      {items.length > 0 && (
        <Section headingLevel="h2" title="Who it would be about">
          <RowsTable levels={levels} items={items} entities={entities} />
        </Section>
      )}
    </>
  );
}
