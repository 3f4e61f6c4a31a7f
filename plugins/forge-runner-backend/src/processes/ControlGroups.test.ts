import { spawnSync } from 'node:child_process';
import { ControlGroups, TASKS_PER_PROCESS } from './ControlGroups';

const limits = {
  diskBytes: 0,
  freeDiskBytes: 0,
  memoryBytes: 200e6,
  processes: 1,
};

it('the kernel refuses more tasks than are allowed, where groups can be made', async () => {
  const groups = await ControlGroups.detect('test-of-groups');
  const group = await groups?.create('test-of-groups.one', limits);
  const [command, ...args] = [
    ...(group?.prefix ?? []),
    'sh',
    '-c',
    // Of itself no more than forty, for a second
    'i=0; while [ $i -lt 40 ]; do i=$((i + 1)); sleep 1 & done; echo $i; wait',
  ];
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  await group?.remove();
  expect(TASKS_PER_PROCESS).toBeLessThan(40);
  expect({ status: status === 0, stdout }).toEqual(
    group ? { status: false, stdout: '' } : { status: true, stdout: '40\n' },
  );
});
