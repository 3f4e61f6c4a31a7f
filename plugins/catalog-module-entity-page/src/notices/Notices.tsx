import { useEntity } from '@backstage/plugin-catalog-react';
import { LifecycleNotice } from './LifecycleNotice';
import { MissingNotice } from './MissingNotice';
import { OrphanNotice } from './OrphanNotice';
import { ProcessingNotice } from './ProcessingNotice';

/** What a reader should know before relying on the page. */
export function Notices() {
  const { entity } = useEntity();
  return (
    <>
      <LifecycleNotice entity={entity} />
      <OrphanNotice entity={entity} />
      <ProcessingNotice entity={entity} />
      <MissingNotice entity={entity} />
    </>
  );
}
