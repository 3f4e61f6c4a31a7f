import type { PageConfig } from '../api/pageConfig.ts';
import { useRequest } from '../api/useRequest.ts';
import { PageHeading } from '../page/PageHeading.tsx';
import { RequestState } from '../page/RequestState.tsx';
import { loadSteps } from './loadSteps.ts';
import { StepList } from './StepList.tsx';

/** The example: a list that can be loading, there, empty or out of reach. */
export function StepsPage({ config }: { readonly config: PageConfig }) {
  const steps = useRequest(loadSteps);
  return (
    <>
      <PageHeading>First steps</PageHeading>
      <p>{config.description}</p>
      {steps.state === 'done' ? <StepList steps={steps.value} /> : <RequestState request={steps} what="The list" />}
    </>
  );
}
