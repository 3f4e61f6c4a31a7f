import { usePermission } from '@backstage/plugin-permission-react';
import { Button, Dialog, DialogTrigger } from '@backstage/ui';
import { RiQuestionLine } from '@remixicon/react';
import {
  goldenPathsTicketCreatePermission,
  type Ticket,
} from '@waymark/plugin-golden-paths-common';
import type { AskAbout } from '@waymark/ui';
import { useState } from 'react';
import { useLocation } from 'react-router-dom';
import { AskedNotice } from './AskedNotice';
import { AskForm } from './AskForm';

/** For those who may ask the platform team. */
export function AskButton(props: { about: AskAbout }) {
  const { about } = props;
  const { pathname } = useLocation();
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState<Ticket>();
  const { allowed } = usePermission({
    permission: goldenPathsTicketCreatePermission,
  });
  if (!allowed) {
    return null;
  }
  return (
    <DialogTrigger
      isOpen={isOpen}
      onOpenChange={open => {
        setOpen(open);
        if (open) {
          setAsked(undefined);
        }
      }}
    >
      <Button size="small" variant="secondary" iconStart={<RiQuestionLine />}>
        Ask the platform team
      </Button>
      <Dialog width={520}>
        {asked ? (
          <AskedNotice ticket={asked} />
        ) : (
          <AskForm about={about} page={pathname} onAsked={setAsked} />
        )}
      </Dialog>
    </DialogTrigger>
  );
}
