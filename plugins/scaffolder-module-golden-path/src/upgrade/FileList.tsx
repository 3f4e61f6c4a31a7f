import { Text } from '@backstage/ui';
import type { UpgradeFile } from '../api';
import { FileRow } from './FileRow';
import styles from './FileList.module.css';

const GROUPS: {
  title: string;
  note?: string;
  holds: (file: UpgradeFile) => boolean;
}[] = [
  { title: 'Conflicts', holds: file => file.conflict },
  {
    title: 'What the upgrade does',
    holds: file => !file.conflict && file.change !== 'kept',
  },
  {
    title: 'What stays yours',
    note: 'The newest version has these files otherwise. They are yours, and stay as they are.',
    holds: file => !file.conflict && file.change === 'kept',
  },
];

/**
 * The files of an upgrade: first where somebody has to decide.
 *
 * @internal
 */
export function FileList(props: { files: UpgradeFile[] }) {
  return (
    <>
      {GROUPS.map(({ title, note, holds }) => {
        const files = props.files.filter(holds);
        return (
          files.length > 0 && (
            <div key={title}>
              <Text as="h4" weight="bold">
                {`${title} (${files.length})`}
              </Text>
              {note && (
                <Text as="p" color="secondary">
                  {note}
                </Text>
              )}
              <ul aria-label={title} className={styles.files}>
                {files.map(file => (
                  <FileRow key={file.path} file={file} />
                ))}
              </ul>
            </div>
          )
        );
      })}
    </>
  );
}
