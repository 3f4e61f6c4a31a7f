import { useApi } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Checkbox,
  Flex,
  Select,
  Text,
  TextAreaField,
} from '@backstage/ui';
import { describeError } from '@waymark/ui';
import { useState } from 'react';
import { goldenPathsApiRef } from '../api';

const MONTHS = ['1', '3', '6', '12'];

/** Begins to read the deployments that GitHub knows. */
export function GithubImportForm(props: { onBegun: () => void }) {
  const { onBegun } = props;
  const client = useApi(goldenPathsApiRef);
  const [names, setNames] = useState('');
  const [months, setMonths] = useState('12');
  const [observed, setObserved] = useState(true);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const begin = async () => {
    const repositories = names.split(/[\s,]+/).filter(Boolean);
    setProblem(undefined);
    setBusy(true);
    try {
      await client.importFromGithub({
        repositories: repositories.length > 0 ? repositories : undefined,
        months: Number(months),
        observed,
      });
      onBegun();
    } catch (error) {
      setProblem(describeError(error));
    }
    setBusy(false);
  };

  return (
    <Flex direction="column" gap="3">
      <Text as="p">
        Reads the states of deployments that GitHub keeps. It goes on in the
        background, and waits where GitHub asks to.
      </Text>
      <TextAreaField
        label="Repositories"
        secondaryLabel="Optional"
        description="owner/name, one per line. Without any: all that the catalog knows."
        value={names}
        onChange={setNames}
        rows={3}
      />
      <Select
        label="How far back"
        options={MONTHS.map(value => ({
          value,
          label: value === '1' ? 'A month' : `${value} months`,
        }))}
        value={months}
        onChange={value => setMonths(String(value))}
      />
      <Checkbox isSelected={observed} onChange={setObserved}>
        Whatever set these states saw the deployments: they count in metrics
      </Checkbox>
      <div role="alert">
        {problem && (
          <Alert
            status="danger"
            icon
            title="The import did not begin"
            description={problem}
          />
        )}
      </div>
      <Flex>
        <Button variant="primary" isPending={isBusy} onPress={begin}>
          Import from GitHub
        </Button>
      </Flex>
    </Flex>
  );
}
