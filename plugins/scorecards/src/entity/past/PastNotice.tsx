import { Alert, Button } from '@backstage/ui';
import { describeAsOf } from '@waymark/ui';

/** Says that what is shown is not how it is, and leads back. */
export function PastNotice(props: { asOf: string; onBack: () => void }) {
  const { asOf, onBack } = props;
  return (
    <Alert
      status="info"
      icon
      title={`As it stood ${describeAsOf(asOf)}`}
      description="With the rules and the values of that time. It can only be read."
      customActions={
        <Button size="small" variant="secondary" onPress={onBack}>
          Back to now
        </Button>
      }
    />
  );
}
