import { Text } from '@backstage/ui';
import { describeDay, describeExactly, describeMoment } from './describeMoment';

/**
 * A moment as distance from now, with its day beneath; hovering tells the minute.
 *
 * @internal
 */
export function Moment(props: { at: string }) {
  const moment = new Date(props.at);
  return (
    <time dateTime={props.at} title={describeExactly(moment)}>
      <Text as="div">{describeMoment(moment, new Date())}</Text>
      <Text as="div" variant="body-small" color="secondary">
        {describeDay(moment)}
      </Text>
    </time>
  );
}
