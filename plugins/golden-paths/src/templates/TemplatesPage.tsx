import { useAddress } from '@waymark/ui';
import { PageBody } from '../shared/PageBody';
import { TemplateDetails } from './TemplateDetails';
import { TemplateList } from './TemplateList';

/** How golden paths do: all of them, or the one that the address names. */
export function TemplatesPage() {
  const [query] = useAddress();
  const templateRef = query.get('template');
  return (
    <PageBody>
      {templateRef ? (
        <TemplateDetails templateRef={templateRef} />
      ) : (
        <TemplateList />
      )}
    </PageBody>
  );
}
