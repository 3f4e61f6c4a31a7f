import { Text } from '@backstage/ui';
import { describeDay, describeExactly, describeMoment } from './describeMoment';

/**
 * A moment as distance from now, with its day beneath; hovering tells the minute.
 *
 * @public
 */
export function Moment(props: {
  /** In ISO 8601. */
  at: string;
  /** Within a sentence: the distance alone, in the type around it. */
  inline?: boolean;
}) {
  const { at, inline } = props;
  const moment = new Date(at);
  const distance = describeMoment(moment, new Date());
  return (
    <time dateTime={at} title={describeExactly(moment)}>
      {inline ? (
        distance
      ) : (
        <>
          <Text as="div">{distance}</Text>
          <Text as="div" variant="body-small" color="secondary">
            {describeDay(moment)}
          </Text>
        </>
      )}
    </time>
  );
}
