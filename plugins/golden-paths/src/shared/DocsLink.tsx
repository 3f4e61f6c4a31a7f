import { ButtonLink } from '@backstage/ui';
import { useDocs } from './useDocs';

/** The way to how events are sent, where there is a page that says it. */
export function DocsLink(props: {
  /** Default: `How to send events`. */
  children?: string;
}) {
  const docs = useDocs();
  return docs ? (
    <ButtonLink href={docs} variant="secondary">
      {props.children ?? 'How to send events'}
    </ButtonLink>
  ) : null;
}
