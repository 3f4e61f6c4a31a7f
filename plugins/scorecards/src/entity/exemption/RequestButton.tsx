import { usePermission } from '@backstage/plugin-permission-react';
import { Button, Dialog, DialogTrigger } from '@backstage/ui';
import {
  scorecardsExemptionRequestPermission,
  type Exemption,
} from '@waymark/plugin-scorecards-common';
import { useState } from 'react';
import { RequestForm } from './RequestForm';

/** For those who may ask that the entity be excused from a rule. */
export function RequestButton(props: {
  entityRef: string;
  scorecardRef: string;
  rule: { ruleId: string; title: string };
  onRequested: (exemption: Exemption) => void;
}) {
  const { onRequested, ...about } = props;
  const [isOpen, setOpen] = useState(false);
  const { allowed } = usePermission({
    permission: scorecardsExemptionRequestPermission,
    resourceRef: about.entityRef,
  });
  if (!allowed) {
    return null;
  }
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button size="small" variant="secondary">
        Request an exemption
      </Button>
      <Dialog width={480}>
        <RequestForm
          {...about}
          onRequested={exemption => {
            setOpen(false);
            onRequested(exemption);
          }}
        />
      </Dialog>
    </DialogTrigger>
  );
}
