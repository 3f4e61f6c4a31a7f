import {
  RULE_OUTCOMES,
  type PreviewResponse,
} from '@waymark/plugin-scorecards-common';
import { formatNumber, ScrollTable } from '@waymark/ui';
import { OutcomeMark } from '../../shared/OutcomeMark';

/** How often each rule would come to what. */
export function OutcomesTable(props: { rules: PreviewResponse['rules'] }) {
  return (
    <ScrollTable
      caption="Outcomes of each rule"
      isCaptionHidden
      maxHeight="24rem"
    >
      <thead>
        <tr>
          <th scope="col">Rule</th>
          {RULE_OUTCOMES.map(outcome => (
            <th scope="col" key={outcome} data-numeric>
              <OutcomeMark outcome={outcome} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rules.map(({ ruleId, outcomes }) => (
          <tr key={ruleId}>
            <th scope="row">{ruleId}</th>
            {RULE_OUTCOMES.map(outcome => (
              <td key={outcome} data-numeric>
                {formatNumber(outcomes[outcome])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
