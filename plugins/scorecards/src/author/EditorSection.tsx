import { Button, Flex, Select, Skeleton, Text } from '@backstage/ui';
import { RiPlayLine } from '@remixicon/react';
import { Section } from '@waymark/ui';
import { lazy, Suspense, useId, useState, type DragEvent } from 'react';
import type { YamlDocument } from './draft/documents';
import type { Jump } from './editor/YamlEditor';
import type { Mark } from './mistakes/locateIssue';
import styles from './EditorSection.module.css';

const YamlEditor = lazy(() =>
  import('./editor/YamlEditor').then(m => ({ default: m.YamlEditor })),
);

/** The text, and what can be done with it. */
export function EditorSection(props: {
  text: string;
  onChange: (text: string) => void;
  onFile: (file: File) => void;
  onExample: () => void;
  documents: YamlDocument[];
  /** Which of the documents is tried. */
  chosen: number;
  onChoose: (index: number) => void;
  marks: Mark[];
  jump?: Jump;
  isRunning: boolean;
  onPreview: () => void;
  onCancel: () => void;
}) {
  const { text, onFile, documents, chosen, isRunning, onPreview } = props;
  const hint = useId();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) {
      onFile(file);
    }
  };

  return (
    <Section headingLevel="h2" title="Scorecard">
      <div
        className={styles.place}
        data-over={isOver || undefined}
        onDragOver={event => {
          if (event.dataTransfer.types.includes('Files')) {
            event.preventDefault();
            setOver(true);
          }
        }}
        onDragLeave={() => setOver(false)}
        onDropCapture={event => {
          // What is dragged within the text is the editor's own
          if (event.dataTransfer.types.includes('Files')) {
            event.stopPropagation();
            drop(event);
          }
        }}
      >
        <Suspense fallback={<Skeleton height="26rem" />}>
          <YamlEditor
            label="YAML of the scorecard"
            describedBy={hint}
            text={text}
            onChange={props.onChange}
            onSubmit={onPreview}
            marks={props.marks}
            jump={props.jump}
          />
        </Suspense>
      </div>
      <Text as="p" variant="body-small" color="secondary" id={hint}>
        Ctrl+Enter (on a Mac ⌘+Enter) shows the preview, Tab leaves the text, F8
        goes to the next mistake. A file can be dropped here.
      </Text>
      <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }}>
        {documents.length > 1 && (
          <Select
            label="Scorecard in the file"
            style={{ width: 240, maxWidth: '100%' }}
            options={documents.map(({ name }, index) => ({
              value: `${index}`,
              label: name,
            }))}
            value={`${chosen}`}
            onChange={key => props.onChoose(Number(key))}
          />
        )}
        <Button
          iconStart={<RiPlayLine />}
          isPending={isRunning}
          isDisabled={!text.trim()}
          onPress={onPreview}
        >
          Preview
        </Button>
        {isRunning && (
          <Button variant="secondary" onPress={props.onCancel}>
            Cancel
          </Button>
        )}
        {!text && (
          <Button variant="secondary" onPress={props.onExample}>
            Start with an example
          </Button>
        )}
      </Flex>
    </Section>
  );
}
