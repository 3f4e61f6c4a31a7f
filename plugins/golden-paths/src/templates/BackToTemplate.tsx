import { Link, Text } from '@backstage/ui';
import { useEntityTitle } from '@waymark/ui';
import { useWeeks } from '../shared/WeeksChoice';
import { templateAddress } from './templateAddress';

/** Above what is behind the numbers of a golden path: what it is, and the way back. */
export function BackToTemplate(props: { templateRef: string; title: string }) {
  const { templateRef, title } = props;
  const [weeks] = useWeeks();
  const name = useEntityTitle(templateRef) ?? templateRef;
  return (
    <div>
      <Link href={templateAddress(templateRef, weeks)}>{name}</Link>
      <Text as="h2" variant="title-small" weight="bold">
        {title}
      </Text>
    </div>
  );
}
