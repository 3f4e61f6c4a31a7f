import { Alert, Button } from '@backstage/ui';
import { describeDay, describeExactly } from '@waymark/ui';

/** Says that what is shown is not how it is, and leads back. */
export function PastNotice(props: { asOf: string; onBack: () => void }) {
  const { asOf, onBack } = props;
  const moment = new Date(asOf);
  const isDay = !asOf.includes('T');
  const day = isDay ? describeDay(moment) : describeExactly(moment);
  const when = Number.isNaN(moment.getTime()) ? asOf : day;
  return (
    <Alert
      status="info"
      icon
      title={`As it stood ${isDay ? 'at the end of' : 'on'} ${when}`}
      description="With the rules and the values of that time. It can only be read."
      customActions={
        <Button size="small" variant="secondary" onPress={onBack}>
          Back to now
        </Button>
      }
    />
  );
}
