import { usePermission } from '@backstage/plugin-permission-react';
import {
  Alert,
  Button,
  Container,
  Flex,
  Text,
  VisuallyHidden,
} from '@backstage/ui';
import { scorecardsScorecardReadPermission } from '@waymark/plugin-scorecards-common';
import { useMemo, useState } from 'react';
import { splitDocuments } from './draft/documents';
import { EXAMPLE } from './draft/example';
import { OpenBar } from './draft/OpenBar';
import { useDraft } from './draft/useDraft';
import { useOpening } from './draft/useOpening';
import type { Jump } from './editor/YamlEditor';
import { EditorSection } from './EditorSection';
import { Forbidden } from './Forbidden';
import { Impact } from './impact/Impact';
import { describeImpact } from './impact/moves';
import { locateIssue, type Mark } from './mistakes/locateIssue';
import { MistakeList } from './mistakes/MistakeList';
import { readIssues } from './mistakes/readIssues';
import { NextStep } from './NextStep';
import { PreviewProblem } from './PreviewProblem';
import { usePreview, type Preview } from './usePreview';

const NO_MARKS: Mark[] = [];

/** What is wrong with the text, when that is why there is no preview. */
function useMarks(preview: Preview): Mark[] {
  return useMemo(() => {
    const issues =
      preview.step === 'failed' ? readIssues(preview.error) : undefined;
    return issues && preview.step === 'failed'
      ? issues
          .map(issue => locateIssue(preview.text, issue))
          // As one reads; the checks that found them have an order of their own
          .sort((a, b) => a.from - b.from)
      : NO_MARKS;
  }, [preview]);
}

/** For those who do not see what has appeared below. */
function describePreview(preview: Preview, marks: Mark[]): string | undefined {
  if (preview.step === 'running') {
    return 'Looking at everything that the scorecard is about…';
  }
  if (preview.step === 'done') {
    return `The preview is below. ${describeImpact(preview.value).join(' ')}`;
  }
  return marks.length > 0
    ? `There is no preview yet: ${
        marks.length === 1 ? '1 mistake' : `${marks.length} mistakes`
      } to mend, the first in line ${marks[0].line}.`
    : undefined;
}

function Author() {
  const { draft, edit, open, replaced, bringBack } = useDraft();
  const opening = useOpening({ draft, open });
  const { preview, start, cancel } = usePreview();
  const documents = useMemo(() => splitDocuments(draft.text), [draft.text]);
  const [choice, setChoice] = useState(0);
  const [jump, setJump] = useState<Jump>();
  const marks = useMarks(preview);

  const chosen = Math.min(choice, Math.max(0, documents.length - 1));
  const written = documents[chosen]?.text ?? draft.text;
  const run = () => start(written);
  const openText = (text: string) => {
    cancel();
    opening.openText(text);
  };
  const isOutdated =
    (preview.step === 'done' || preview.step === 'failed') &&
    preview.text !== written;

  return (
    <Flex direction="column" gap="4">
      <Text as="p" color="secondary">
        Write or change a scorecard and see how it would come out for everything
        in the catalog that you may see. Nothing is stored, and nobody is told.
      </Text>
      <OpenBar
        scorecardRef={opening.scorecardRef}
        onScorecard={ref => {
          cancel();
          opening.openScorecard(ref);
        }}
        onFile={file => {
          cancel();
          opening.openFile(file);
        }}
        onNew={() => openText('')}
      />
      {opening.problem && (
        <Alert role="alert" status="warning" icon title={opening.problem} />
      )}
      <div role="status">
        {replaced && (
          <Alert
            status="info"
            icon
            title="What you had written was replaced"
            customActions={
              <Button
                size="small"
                variant="secondary"
                onPress={() => opening.follow(bringBack()?.origin)}
              >
                Bring it back
              </Button>
            }
          />
        )}
      </div>
      <EditorSection
        text={draft.text}
        onChange={edit}
        onFile={opening.openFile}
        onExample={() => openText(EXAMPLE)}
        documents={documents}
        chosen={chosen}
        onChoose={setChoice}
        marks={marks}
        jump={jump}
        isRunning={preview.step === 'running'}
        onPreview={run}
        onCancel={cancel}
      />
      <div role="status">
        {preview.step === 'done' ? (
          // It stands below, where it can be seen
          <VisuallyHidden>{describePreview(preview, marks)}</VisuallyHidden>
        ) : (
          <Text as="p">{describePreview(preview, marks)}</Text>
        )}
        {isOutdated && (
          <Text as="p" color="secondary">
            The text has changed since. Preview it again to see what that does.
          </Text>
        )}
      </div>
      {preview.step === 'failed' && marks === NO_MARKS && (
        <PreviewProblem error={preview.error} onRetry={run} />
      )}
      {marks.length > 0 && <MistakeList marks={marks} onJump={setJump} />}
      {preview.step === 'done' && <Impact value={preview.value} />}
      <NextStep />
    </Flex>
  );
}

/** To try a scorecard before it counts. */
export function AuthorPage() {
  const { loading, allowed } = usePermission({
    permission: scorecardsScorecardReadPermission,
  });
  return (
    <Container>{!loading && (allowed ? <Author /> : <Forbidden />)}</Container>
  );
}
