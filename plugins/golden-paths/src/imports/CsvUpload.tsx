import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Checkbox, Flex, Text } from '@backstage/ui';
import type { HistoryImport } from '@waymark/plugin-golden-paths-common';
import { CodeBlock, describeError, formatNumber } from '@waymark/ui';
import { useRef, useState, type ChangeEvent } from 'react';
import { goldenPathsApiRef } from '../api';
import { ImportProblems } from './ImportProblems';

/** What the backend takes. */
const MAX_BYTES = 25_000_000;

const EXAMPLE = `time,entity,environment,artifact,revision,kind,url
2026-01-05T08:00:00Z,component:default/fares,production,,4f2c1a9,deployed,`;

function describeDone(result: HistoryImport): string {
  const { accepted, duplicates, refused } = result;
  return [
    `${formatNumber(accepted)} taken`,
    duplicates > 0 && `${formatNumber(duplicates)} known before`,
    refused > 0 && `${formatNumber(refused)} refused`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** Takes a file of deployments, and says line by line what is wrong with it. */
export function CsvUpload(props: { onDone: () => void }) {
  const { onDone } = props;
  const client = useApi(goldenPathsApiRef);
  const input = useRef<HTMLInputElement>(null);
  const [observed, setObserved] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [result, setResult] = useState<HistoryImport>();
  const [problem, setProblem] = useState<string>();

  const send = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    // So that the same file can be chosen again when it was mended
    event.target.value = '';
    if (!file) {
      return;
    }
    setResult(undefined);
    setProblem(undefined);
    if (file.size > MAX_BYTES) {
      setProblem(
        `${file.name} has more than 25 MB. Import it in parts: what is in two of them is taken once.`,
      );
      return;
    }
    setBusy(true);
    try {
      const csv = await file.text();
      setResult(await client.importCsv({ csv, observed }));
    } catch (error) {
      setProblem(`${file.name}: ${describeError(error)}`);
    }
    setBusy(false);
    onDone();
  };

  return (
    <Flex direction="column" gap="3">
      <Text as="p">
        One deployment per line, below these names. Needed are the time, the
        entity, the environment, and an artifact or a revision. The same line
        again, in this file or another, changes nothing.
      </Text>
      <CodeBlock label="A file" copyLabel="Copy the file">
        {EXAMPLE}
      </CodeBlock>
      <Checkbox isSelected={observed} onChange={setObserved}>
        It comes from a system that saw the deployments, not from what pipelines
        claim: they count in metrics
      </Checkbox>
      <Flex>
        <input
          ref={input}
          type="file"
          accept=".csv,text/csv"
          aria-label="A file of deployments"
          onChange={send}
          hidden
        />
        <Button
          variant="primary"
          isPending={isBusy}
          onPress={() => input.current?.click()}
        >
          Choose a CSV file
        </Button>
      </Flex>
      <div>
        <div role="alert">
          {problem && (
            <Alert
              status="danger"
              icon
              title="The file was not imported as a whole"
              description={problem}
            />
          )}
        </div>
        <div role="status">
          {result && (
            <Alert
              status={result.refused > 0 ? 'warning' : 'success'}
              icon
              title={describeDone(result)}
            />
          )}
        </div>
      </div>
      {result && <ImportProblems problems={result.problems} />}
    </Flex>
  );
}
