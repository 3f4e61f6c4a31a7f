import {
  Button,
  Flex,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import type { HeatmapReport } from '@waymark/plugin-scorecards-common';
import {
  EmptyState,
  EntityFilter,
  formatNumber,
  LoadingLines,
  ProblemNotice,
  Section,
  useAddress,
} from '@waymark/ui';
import { useScorecardAddress } from '../../shared/ScorecardLink';
import { useScorecard } from '../ScorecardContext';
import styles from './HeatMapTab.module.css';
import { HeatMapTable } from './HeatMapTable';
import { Legend } from './Legend';
import { useHeatMap } from './useHeatMap';
import { VIEWS } from './views';

const BY = Object.keys(VIEWS) as HeatmapReport['by'][];

function titleOfNothing(is: { isFiltered: boolean; isRetired: boolean }) {
  if (is.isRetired) {
    return 'Nothing is judged any more';
  }
  return is.isFiltered ? 'Nothing matches' : 'Nothing to judge yet';
}

/** Where it is stuck: groups, systems or domains against the rules of a scorecard. */
export function HeatMapTab() {
  const { scorecardRef, title, rules, lifecycle } = useScorecard();
  const [query, change] = useAddress();
  const by = BY.find(each => each === query.get('by')) ?? 'group';
  const owner = query.get('owner') ?? undefined;
  const domain = query.get('domain') ?? undefined;
  const isRetired = lifecycle === 'retired';
  const isFiltered = owner !== undefined || domain !== undefined;
  const toAddress = useScorecardAddress(scorecardRef);
  const { value, error, isLoading, retry, more } = useHeatMap({
    scorecardRef,
    by,
    owner,
    domain,
    rules: rules.length,
  });
  const { plural } = VIEWS[value?.by ?? by];

  return (
    <Flex direction="column" gap="4">
      <div className={styles.filters}>
        <ToggleButtonGroup
          aria-label="Rows"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[by]}
          onSelectionChange={([key]) =>
            change({ by: key === 'group' ? undefined : String(key) })
          }
        >
          {BY.map(each => (
            <ToggleButton key={each} id={each}>
              {VIEWS[each].plural}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <EntityFilter
          kind="group"
          label="Owner"
          value={owner}
          none={VIEWS.group.none}
          onChange={ref => change({ owner: ref })}
        />
        <EntityFilter
          kind="domain"
          label="Domain"
          value={domain}
          onChange={ref => change({ domain: ref })}
        />
      </div>

      {error !== undefined && (
        <ProblemNotice
          title="The heat map cannot be shown"
          error={error}
          onRetry={retry}
        />
      )}
      {!value && !error && (
        <LoadingLines label="Loading the heat map" lines={12} />
      )}
      {value && !error && value.rows.length === 0 && (
        <EmptyState
          title={titleOfNothing({ isFiltered, isRetired })}
          action={
            isFiltered && (
              <Button
                variant="secondary"
                onPress={() => change({ owner: undefined, domain: undefined })}
              >
                Show all
              </Button>
            )
          }
        >
          {isRetired &&
            'This scorecard is retired. Under Services, with a day of the past, stands how services stood on it.'}
          {!isRetired &&
            (isFiltered
              ? 'This scorecard judges nothing of that owner and domain.'
              : 'There is nothing in the catalog that this scorecard is about.')}
        </EmptyState>
      )}
      {value && !error && value.rows.length > 0 && (
        <Section title={`${plural} against rules`}>
          <Text as="p" variant="body-small" color="secondary">
            Each number is the share that passes. A cell leads to those behind
            it, first of all to those that fail.
          </Text>
          <Legend />
          <HeatMapTable
            report={value}
            title={`Share that passes each rule of ${title}, by ${value.by}`}
            isOutdated={isLoading}
            address={toAddress('services', { owner, domain })}
          />
          {more?.error !== undefined && (
            <ProblemNotice
              title="The other rows cannot be shown"
              error={more.error}
              onRetry={more.show}
            />
          )}
          <Flex align="center" gap="4">
            {more && (
              <Button
                variant="secondary"
                isDisabled={more.isLoading}
                onPress={more.show}
              >
                Show more
              </Button>
            )}
            <Text role="status" variant="body-small" color="secondary">
              {`${plural}: ${formatNumber(value.rows.length)} of ${formatNumber(
                value.totalRows,
              )}`}
            </Text>
          </Flex>
        </Section>
      )}
    </Flex>
  );
}
