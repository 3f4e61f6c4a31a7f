import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Button,
  Container,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
} from '@backstage/ui';
import {
  goldenPathsHistoryManagePermission,
  type HistoryImport,
} from '@waymark/plugin-golden-paths-common';
import {
  EmptyState,
  LoadingLines,
  ProblemNotice,
  Section,
  useLoaded,
} from '@waymark/ui';
import { useCallback, useEffect, useState } from 'react';
import { goldenPathsApiRef } from '../api';
import { CsvUpload } from './CsvUpload';
import { GithubImportForm } from './GithubImportForm';
import { ImportProblems } from './ImportProblems';
import { ImportsTable } from './ImportsTable';

/** How often a running import is looked at, in milliseconds. */
const EVERY_MS = 3_000;

function Imports() {
  const client = useApi(goldenPathsApiRef);
  const [round, setRound] = useState(0);
  const [shown, setShown] = useState<HistoryImport[]>();
  const [opened, setOpened] = useState<HistoryImport>();
  const { value, error, retry } = useLoaded(
    // Each round is a new question
    // eslint-disable-next-line react-hooks/exhaustive-deps
    useCallback(() => client.getImports(), [client, round]),
  );
  const again = useCallback(() => setRound(before => before + 1), []);

  useEffect(() => {
    if (!value) {
      return undefined;
    }
    setShown(value.items);
    if (!value.items.some(({ state }) => state === 'running')) {
      return undefined;
    }
    const timer = setTimeout(again, EVERY_MS);
    return () => clearTimeout(timer);
  }, [value, again]);

  return (
    <Flex direction="column" gap="5">
      <Section title="From a file" headingLevel="h2">
        <CsvUpload onDone={again} />
      </Section>
      <Section title="From GitHub" headingLevel="h2">
        <GithubImportForm onBegun={again} />
      </Section>
      <Section title="Imports so far" headingLevel="h2">
        {error !== undefined && (
          <ProblemNotice
            title="The imports cannot be shown"
            error={error}
            onRetry={retry}
          />
        )}
        {shown?.length === 0 && (
          <EmptyState title="Nothing was imported yet">
            What was deployed before the portal was there makes a baseline: the
            metrics of then, beside those of now.
          </EmptyState>
        )}
        {shown?.length !== 0 && error === undefined && (
          <ImportsTable imports={shown} onOpen={setOpened} />
        )}
      </Section>
      <Dialog
        width={640}
        isOpen={opened !== undefined}
        onOpenChange={isOpen => !isOpen && setOpened(undefined)}
      >
        {opened && (
          <>
            <DialogHeader>What went wrong</DialogHeader>
            <DialogBody>
              <ImportProblems problems={opened.problems} />
            </DialogBody>
            <DialogFooter>
              <Button variant="primary" slot="close">
                Close
              </Button>
            </DialogFooter>
          </>
        )}
      </Dialog>
    </Flex>
  );
}

/** Brings in what happened before the portal was there. */
export function ImportsPage() {
  const { allowed, loading } = usePermission({
    permission: goldenPathsHistoryManagePermission,
  });
  return (
    <Container>
      {loading && <LoadingLines label="Loading the imports" lines={4} />}
      {!loading && allowed && <Imports />}
      {!loading && !allowed && (
        <EmptyState title="Imports are for the platform team">
          Ask them to bring in what your services deployed before the portal was
          there.
        </EmptyState>
      )}
    </Container>
  );
}
