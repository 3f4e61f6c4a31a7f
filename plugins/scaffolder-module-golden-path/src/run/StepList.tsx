import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Text,
} from '@backstage/ui';
import { Elapsed } from '@waymark/ui';
import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import type { RunStep } from './readRun';
import { describeState, RunStateIcon } from './RunStateLabel';
import { StepLog } from './StepLog';
import styles from './StepList.module.css';

function describeEarlier({ isEarlier, state }: RunStep) {
  return isEarlier ? 'Done in an earlier attempt' : describeState(state);
}

function Step(props: {
  step: RunStep;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  const { step, isOpen, onOpenChange } = props;
  const element = useRef<HTMLLIElement>(null);
  const isLinked = useRef(isOpen);
  useEffect(() => {
    if (isLinked.current) {
      element.current?.scrollIntoView?.({ block: 'center' });
    }
  }, []);

  return (
    <li
      ref={element}
      className={styles.step}
      data-state={step.state}
      aria-current={step.state === 'running' ? 'step' : undefined}
    >
      <Accordion isExpanded={isOpen} onExpandedChange={onOpenChange}>
        <AccordionTrigger className={styles.trigger} level={3}>
          <span className={styles.row}>
            <RunStateIcon state={step.state} />
            <span className={styles.name}>
              <Text weight="bold">{step.name}</Text>
            </span>
            <span className={styles.facts}>
              <Text color="secondary">{describeEarlier(step)}</Text>
              {step.startedAt && (step.endedAt || step.state === 'running') && (
                <Text color="secondary" className={styles.time}>
                  <Elapsed from={step.startedAt} to={step.endedAt} />
                </Text>
              )}
            </span>
          </span>
        </AccordionTrigger>
        <AccordionPanel>
          {isOpen && (
            <div className={styles.panel}>
              <StepLog step={step} />
            </div>
          )}
        </AccordionPanel>
      </Accordion>
    </li>
  );
}

/**
 * The steps of a run, each with its state, the time it took and, folded away, its
 * log. The address names the step that is open.
 *
 * @internal
 */
export function StepList(props: { steps: RunStep[] }) {
  const { hash, pathname, search } = useLocation();
  const navigate = useNavigate();
  const open = decodeURIComponent(hash.slice(1));

  return (
    <ol className={styles.list} aria-label="Steps">
      {props.steps.map(step => (
        <Step
          key={step.id}
          step={step}
          isOpen={open === step.id}
          onOpenChange={isOpen =>
            navigate(
              {
                pathname,
                search,
                hash: isOpen ? encodeURIComponent(step.id) : '',
              },
              { replace: true },
            )
          }
        />
      ))}
    </ol>
  );
}
