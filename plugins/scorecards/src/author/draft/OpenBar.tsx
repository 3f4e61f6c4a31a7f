import { Button, Flex } from '@backstage/ui';
import { RiFileAddLine, RiFolderOpenLine } from '@remixicon/react';
import { useRef } from 'react';
import { EntityFilter } from '@waymark/ui';

/** Where a text can come from: what is published, a file, or nothing. */
export function OpenBar(props: {
  /** What is open, if it is published. */
  scorecardRef?: string;
  onScorecard: (scorecardRef: string) => void;
  onFile: (file: File) => void;
  onNew: () => void;
}) {
  const { scorecardRef, onScorecard, onFile, onNew } = props;
  const picker = useRef<HTMLInputElement>(null);
  return (
    <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }}>
      <div style={{ width: 320, maxWidth: '100%' }}>
        <EntityFilter
          kind="scorecard"
          label="Published scorecard"
          placeholder="Choose one to change"
          value={scorecardRef}
          onChange={ref => ref && onScorecard(ref)}
        />
      </div>
      <Button
        variant="secondary"
        iconStart={<RiFolderOpenLine />}
        onPress={() => picker.current?.click()}
      >
        Open file
      </Button>
      <input
        ref={picker}
        type="file"
        accept=".yaml,.yml,application/yaml,text/yaml,text/plain"
        aria-label="File with a scorecard"
        hidden
        onChange={event => {
          const [file] = event.target.files ?? [];
          if (file) {
            onFile(file);
          }
          // The same file can be opened again when it has changed
          event.target.value = '';
        }}
      />
      <Button variant="secondary" iconStart={<RiFileAddLine />} onPress={onNew}>
        Start afresh
      </Button>
    </Flex>
  );
}
