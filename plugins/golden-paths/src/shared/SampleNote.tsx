import { RiTestTubeLine } from '@remixicon/react';
import { Note } from '../metrics/Note';

/** That not all of it happened. */
export function SampleNote() {
  return (
    <Note Icon={RiTestTubeLine}>
      Some of these numbers are made of sample events.
    </Note>
  );
}
