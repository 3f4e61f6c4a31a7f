import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  DatePicker,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
  TextAreaField,
} from '@backstage/ui';
import {
  getLocalTimeZone,
  toCalendarDate,
  today,
  type CalendarDate,
} from '@internationalized/date';
import type { Exemption } from '@waymark/plugin-scorecards-common';
import { FieldMessage } from '@waymark/ui';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { scorecardsApiRef } from '../../api';
import { readProblems, type Problems } from './readProblems';

const DEFAULT_DAYS = 90;
const MIN_REASON = 15;
const MAX_REASON = 2000;

const startOf = (day: CalendarDate) => day.toDate(getLocalTimeZone());

/** The last moment of a day, so that it is part of what is asked for. */
const endOf = (day: CalendarDate) =>
  new Date(startOf(day.add({ days: 1 })).getTime() - 1000);

/** Asks why a rule should wait, and until when. */
export function RequestForm(props: {
  entityRef: string;
  scorecardRef: string;
  rule: { ruleId: string; title: string };
  onRequested: (exemption: Exemption) => void;
}) {
  const { entityRef, scorecardRef, rule, onRequested } = props;
  const client = useApi(scorecardsApiRef);
  const id = useId();
  const now = today(getLocalTimeZone());
  const [reason, setReason] = useState('');
  const [start, setStart] = useState<CalendarDate>();
  const [end, setEnd] = useState<CalendarDate | undefined>(
    now.add({ days: DEFAULT_DAYS }),
  );
  const [problems, setProblems] = useState<Problems>({});
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  // Whoever does not see the red text is taken to the first field it is about
  useEffect(() => {
    form.current
      ?.querySelector<HTMLElement>(
        'textarea[aria-invalid="true"], [data-invalid] [role="spinbutton"]',
      )
      ?.focus();
  }, [problems]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found: Problems = {
      ...(reason.trim().length < MIN_REASON && {
        reason:
          'Say in a sentence why the rule has to wait here, and what helps meanwhile.',
      }),
      ...(!end && { expiresAt: 'Choose the last day.' }),
      ...(start &&
        end &&
        start.compare(end) > 0 && {
          startsAt: 'The first day has to come before the last one.',
        }),
    };
    setProblems(found);
    if (!end || Object.keys(found).length > 0) {
      return;
    }
    setBusy(true);
    try {
      onRequested(
        await client.requestExemption({
          entityRef,
          scorecardRef,
          ruleId: rule.ruleId,
          reason: reason.trim(),
          startsAt: start && startOf(start).toISOString(),
          expiresAt: endOf(end).toISOString(),
        }),
      );
    } catch (error) {
      setProblems(readProblems(error));
      setBusy(false);
    }
  };

  return (
    // The dialog's parts lie beside each other: without a box of its own the
    // form leaves their layout alone
    <form
      ref={form}
      onSubmit={submit}
      noValidate
      style={{ display: 'contents' }}
    >
      <DialogHeader>Request an exemption</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          <Text>
            From “{rule.title}”. Somebody else decides; until then the rule
            counts. Reason, names and dates stay visible to everyone who sees
            this.
          </Text>
          <div>
            <TextAreaField
              label="Reason"
              description="Why it has to wait here, and what protects you meanwhile."
              value={reason}
              onChange={setReason}
              rows={4}
              maxLength={MAX_REASON}
              isRequired
              // eslint-disable-next-line jsx-a11y/no-autofocus -- The dialog was opened to fill this in
              autoFocus
              validationBehavior="aria"
              isInvalid={problems.reason !== undefined}
              aria-describedby={`${id}__reason`}
            />
            <FieldMessage id={`${id}__reason`}>{problems.reason}</FieldMessage>
          </div>
          <div>
            <DatePicker
              label="Last day"
              isRequired
              value={end ?? null}
              onChange={day => setEnd(day ? toCalendarDate(day) : undefined)}
              minValue={now}
              validationBehavior="aria"
              isInvalid={problems.expiresAt !== undefined}
              aria-describedby={`${id}__end`}
            />
            <FieldMessage id={`${id}__end`}>{problems.expiresAt}</FieldMessage>
          </div>
          <div>
            <DatePicker
              label="First day"
              secondaryLabel="Optional"
              description="Otherwise it begins with the approval."
              value={start ?? null}
              onChange={day => setStart(day ? toCalendarDate(day) : undefined)}
              minValue={now.add({ days: 1 })}
              validationBehavior="aria"
              isInvalid={problems.startsAt !== undefined}
              aria-describedby={`${id}__start`}
            />
            <FieldMessage id={`${id}__start`}>{problems.startsAt}</FieldMessage>
          </div>
          <FieldMessage id={`${id}__form`}>{problems.form}</FieldMessage>
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Cancel
        </Button>
        <Button type="submit" variant="primary" isPending={isBusy}>
          Request it
        </Button>
      </DialogFooter>
    </form>
  );
}
