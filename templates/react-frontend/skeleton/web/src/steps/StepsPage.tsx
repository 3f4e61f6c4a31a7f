import { useRequest } from '../api/useRequest.ts';
import { PageHeading } from '../page/PageHeading.tsx';
import { RequestState } from '../page/RequestState.tsx';
import { loadSteps } from './loadSteps.ts';
import { StepList } from './StepList.tsx';

/** The example: a list that can be loading, there, empty or out of reach. */
export function StepsPage() {
  const steps = useRequest(loadSteps);
  return (
    <>
      <PageHeading>First steps</PageHeading>
      {steps.state === 'done' ? <StepList steps={steps.value} /> : <RequestState request={steps} what="The list" />}
    </>
  );
}
