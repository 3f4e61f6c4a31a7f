import type { FirstStepsReport } from '@waymark/plugin-golden-paths-common';
import {
  describeDuration,
  formatNumber,
  ScrollTable,
  Section,
} from '@waymark/ui';
import { STEPS } from './steps';

const inWords = (milliseconds: number | undefined, otherwise: string) =>
  milliseconds === undefined
    ? otherwise
    : describeDuration(milliseconds / 1000);

/** How long it takes from the request to each step. */
export function StepDurations(props: {
  durations: FirstStepsReport['durations'];
}) {
  const { durations } = props;
  const shown = STEPS.filter(
    ({ id }) => id !== 'requested' && durations[id] !== undefined,
  );
  if (shown.length === 0) {
    return null;
  }
  return (
    <Section title="From the request to each step" headingLevel="h2">
      <ScrollTable
        caption="Times from the request to each step"
        isCaptionHidden
      >
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Half of them within</th>
            <th scope="col">9 of 10 within</th>
            <th scope="col">Reached it</th>
            <th scope="col">Not yet</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ id, title }) => {
            const { value, p90, count, censored = 0 } = durations[id]!;
            return (
              <tr key={id}>
                <th scope="row">{title}</th>
                <td>{inWords(value, 'Not yet')}</td>
                <td>{inWords(p90, 'Not yet')}</td>
                <td>{formatNumber(count - censored)}</td>
                <td>{formatNumber(censored)}</td>
              </tr>
            );
          })}
        </tbody>
      </ScrollTable>
    </Section>
  );
}
