import type { HistoryImport } from '@waymark/plugin-golden-paths-common';
import { ScrollTable } from '@waymark/ui';

/** What was refused, and why, line by line. */
export function ImportProblems(props: { problems: HistoryImport['problems'] }) {
  const { problems } = props;
  if (problems.length === 0) {
    return null;
  }
  return (
    <ScrollTable caption="What was refused" maxHeight="20rem">
      <thead>
        <tr>
          <th scope="col">Where</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {problems.map(({ line, repository, message }) => (
          <tr key={`${line} ${repository} ${message}`}>
            <th scope="row">
              {line === undefined ? repository : `Line ${line}`}
            </th>
            <td>{message}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
