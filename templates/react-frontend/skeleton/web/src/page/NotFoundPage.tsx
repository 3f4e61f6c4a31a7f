import { Link } from 'react-router';
import { PageHeading } from './PageHeading.tsx';

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <>
      <PageHeading>There is no such page</PageHeading>
      <p>
        <Link to="/">Go to the first steps</Link>
      </p>
    </>
  );
}
