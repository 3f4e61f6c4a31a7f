import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Select,
  Text,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import type {
  Ticket,
  TicketCategory,
} from '@waymark/plugin-golden-paths-common';
import { describeError, FieldMessage, type AskAbout } from '@waymark/ui';
import { useId, useState, type FormEvent } from 'react';
import { goldenPathsApiRef } from '../api';
import { CATEGORIES } from './categories';
import { describeAbout } from './describeAbout';

const MAX_TITLE = 200;
const MAX_TEXT = 10_000;

function newRequestId(): string {
  // Not randomUUID, which is there over HTTPS only
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/** Takes a question; what was typed stays until it is sent. */
export function AskForm(props: {
  about: AskAbout;
  /** Where it is asked, a path. */
  page: string;
  onAsked: (ticket: Ticket) => void;
}) {
  const { page, onAsked } = props;
  const { title: suggested = '', ...about } = props.about;
  const client = useApi(goldenPathsApiRef);
  const id = useId();
  // The same for each attempt, so that one question is not asked twice
  const [requestId] = useState(newRequestId);
  const [title, setTitle] = useState(suggested);
  const [category, setCategory] = useState<TicketCategory>(
    suggested ? 'problem' : 'question',
  );
  const [text, setText] = useState('');
  const [problems, setProblems] = useState<{
    title?: string;
    text?: string;
    form?: string;
  }>({});
  const [isBusy, setBusy] = useState(false);
  const along = describeAbout(about);

  const ask = async (event: FormEvent) => {
    event.preventDefault();
    const found = {
      title: title.trim() ? undefined : 'Say in a few words what it is about.',
      text: text.trim() ? undefined : 'Say what you want to know or need.',
    };
    setProblems(found);
    if (found.title || found.text) {
      return;
    }
    setBusy(true);
    try {
      onAsked(
        await client.createTicket({
          ...about,
          title: title.trim(),
          text: text.trim(),
          category,
          page,
          requestId,
        }),
      );
    } catch (error) {
      setProblems({ form: `It was not sent: ${describeError(error)}` });
      setBusy(false);
    }
  };

  return (
    // Without a box of its own, the form leaves the layout of the dialog alone
    <form onSubmit={ask} noValidate style={{ display: 'contents' }}>
      <DialogHeader>Ask the platform team</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          <div>
            <TextField
              label="In a few words"
              value={title}
              onChange={setTitle}
              maxLength={MAX_TITLE}
              isRequired
              // eslint-disable-next-line jsx-a11y/no-autofocus -- The dialog was opened to fill this in
              autoFocus
              validationBehavior="aria"
              isInvalid={problems.title !== undefined}
              aria-describedby={`${id}__title`}
            />
            <FieldMessage id={`${id}__title`}>{problems.title}</FieldMessage>
          </div>
          <Select
            label="What it is about"
            options={Object.entries(CATEGORIES).map(([value, label]) => ({
              value,
              label,
            }))}
            value={category}
            onChange={value => setCategory(value as TicketCategory)}
          />
          <div>
            <TextAreaField
              label="Your question"
              description="Markdown. Leave passwords and other secrets out: the whole team reads it."
              value={text}
              onChange={setText}
              rows={5}
              maxLength={MAX_TEXT}
              isRequired
              validationBehavior="aria"
              isInvalid={problems.text !== undefined}
              aria-describedby={`${id}__text`}
            />
            <FieldMessage id={`${id}__text`}>{problems.text}</FieldMessage>
          </div>
          <Text as="p" variant="body-small" color="secondary">
            {along
              ? `Goes along: ${along}, and the address of this page.`
              : 'The address of this page goes along.'}
          </Text>
          <FieldMessage id={`${id}__form`}>{problems.form}</FieldMessage>
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Cancel
        </Button>
        <Button type="submit" variant="primary" isPending={isBusy}>
          Ask
        </Button>
      </DialogFooter>
    </form>
  );
}
