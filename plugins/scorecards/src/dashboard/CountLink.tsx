import { Link } from '@backstage/ui';
import { formatNumber } from '@waymark/ui';

/** A number that opens what is behind it; none opens nothing. */
export function CountLink(props: { count: number; href: string }) {
  const { count, href } = props;
  return count === 0 ? (
    <>{formatNumber(0)}</>
  ) : (
    <Link href={href}>{formatNumber(count)}</Link>
  );
}
