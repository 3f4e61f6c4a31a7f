import type { PreviewResponse } from '@waymark/plugin-scorecards-common';
import { EntityLink, formatNumber, ScrollTable } from '@waymark/ui';

/** As many as the backend names. */
const MOST = 100;

/** Whose entities would move. */
export function OwnersTable(props: {
  owners: PreviewResponse['impact']['owners'];
}) {
  const { owners } = props;
  return (
    <ScrollTable
      caption={
        owners.length < MOST
          ? 'Whose entities would move'
          : `Whose entities would move: the ${MOST} owners with the most`
      }
      maxHeight="20rem"
    >
      <thead>
        <tr>
          <th scope="col">Owner</th>
          <th scope="col" data-numeric>
            Down
          </th>
          <th scope="col" data-numeric>
            Up
          </th>
        </tr>
      </thead>
      <tbody>
        {owners.map(({ owner, up, down }) => (
          <tr key={owner}>
            <th scope="row">
              <EntityLink entityRef={owner} />
            </th>
            <td data-numeric>{formatNumber(down)}</td>
            <td data-numeric>{formatNumber(up)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
