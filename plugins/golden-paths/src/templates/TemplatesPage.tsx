import { useAddress } from '@waymark/ui';
import { PageBody } from '../shared/PageBody';
import { TemplateDetails } from './TemplateDetails';
import { TemplateRuns } from './runs/TemplateRuns';
import { TemplateServices } from './services/TemplateServices';
import { TemplateList } from './TemplateList';

/** What the address names of a golden path: its numbers, or what is behind them. */
function Template(props: { templateRef: string; show: string | null }) {
  const { templateRef, show } = props;
  switch (show) {
    case 'services':
      return <TemplateServices templateRef={templateRef} />;
    case 'runs':
      return <TemplateRuns templateRef={templateRef} />;
    default:
      return <TemplateDetails templateRef={templateRef} />;
  }
}

/** How golden paths do: all of them, or the one that the address names. */
export function TemplatesPage() {
  const [query] = useAddress();
  const templateRef = query.get('template');
  return (
    <PageBody>
      {templateRef ? (
        <Template
          key={templateRef}
          templateRef={templateRef}
          show={query.get('show')}
        />
      ) : (
        <TemplateList />
      )}
    </PageBody>
  );
}
